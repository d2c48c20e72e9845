"""coord: the duties of 峄政办发〔2022〕1号, their clocks, and the papers that go with them."""

__version__ = "0.1.0"
