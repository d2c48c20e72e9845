"""`python -m yicheng_coord`, for a desk where the console script is not on the path."""

from yicheng_coord.cli import run

if __name__ == "__main__":
    run()
