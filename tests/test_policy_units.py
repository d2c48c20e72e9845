"""The shipped units: the seventeen members, those beside them, and how lists spell them."""

from collections import Counter

import pytest

from yicheng_coord.paths import policy_folder
from yicheng_coord.policy.pack import load
from yicheng_coord.policy.units import Units, UnknownUnitError
from yicheng_coord.text import folded

MEMBERS = {
    "zfj": "区综合行政执法局", "mzzj": "区民族宗教局", "gaj": "区公安分局", "jtj": "区教体局",
    "mzj": "区民政局", "sfj": "区司法局", "zrj": "区自然资源局", "zjj": "区住建局",
    "swj": "区城乡水务局", "scj": "区商促局", "gsly": "冠世榴园风景区管委会",
    "kfq": "开发区管委会", "hbj": "区生态环境分局", "lyzx": "区林业发展服务中心",
    "wljd": "吴林街道", "tsjd": "坛山街道", "lyz": "榴园镇",
}  # fmt: skip
OTHERS = {
    "lxb": "联席会议办公室", "qzf": "区人民政府", "zfw": "区委政法委", "jw": "区纪委监委",
    "zzb": "区委组织部", "bb": "区委编办", "fy": "区人民法院", "jcy": "区人民检察院",
    "czj": "区财政局", "scjg": "区市场监管局", "flgw": "法律顾问办公室", "jdjg": "技术鉴定机构",
}  # fmt: skip


@pytest.fixture(scope="module")
def units() -> Units:
    return load(policy_folder()).units


def test_the_units_stand_in_the_agreed_order_with_the_agreed_codes(units: Units) -> None:
    assert {unit.code: unit.name for unit in units.all} == MEMBERS | OTHERS
    assert [unit.code for unit in units.all] == [*MEMBERS, *OTHERS]


def test_seventeen_units_are_members(units: Units) -> None:
    assert [unit.code for unit in units.all if unit.is_member] == list(MEMBERS)
    assert len(MEMBERS) == 17


@pytest.mark.parametrize("name", MEMBERS.values())
def test_a_member_is_named_in_the_sentence_on_members(name: str) -> None:
    text = load(policy_folder()).text
    sentence = next(line for line in text.splitlines() if line.startswith("成员单位由"))
    assert name in sentence


@pytest.mark.parametrize("name", [*MEMBERS.values(), *OTHERS.values()])
def test_a_unit_of_the_opinion_bears_the_name_that_the_opinion_gives(name: str) -> None:
    text = load(policy_folder()).text
    # 区财政局 and 区市场监管局 are not named there: 区财政部门, 市场监管.
    assert name in text or name in ("区财政局", "区市场监管局")


def test_no_spelling_means_two_units(units: Units) -> None:
    spelled = Counter(name for unit in units.all for name in set(map(folded, unit.spellings)))
    assert {name for name, times in spelled.items() if times > 1} == set()


def test_no_unit_lists_one_spelling_twice(units: Units) -> None:
    for unit in units.all:
        listed = [*unit.short_names, *unit.aliases]
        assert len(set(listed) | {unit.name, unit.full_name}) == len(listed) + len(
            {unit.name, unit.full_name}
        )


def test_every_spelling_finds_its_unit(units: Units) -> None:
    assert all(units.named(name) is unit for unit in units.all for name in unit.spellings)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("住建局", "zjj"), ("城乡建设局", "zjj"), ("城管局", "zfj"), ("执法局", "zfj"),
        ("综合执法局", "zfj"), ("环保局", "hbj"), ("生态环境局", "hbj"), ("自然资源局", "zrj"),
        ("国土局", "zrj"), ("水务局", "swj"), ("区政府", "qzf"), ("峄城经济开发区管委会", "kfq"),
        ("吴林街道办事处", "wljd"), ("ＺＪＪ", "zjj"), (" 区 住建局 ", "zjj"),
    ],
)  # fmt: skip
def test_a_spelling_of_everyday_lists_is_known(units: Units, spelling: str, code: str) -> None:
    assert units.named(spelling).code == code


@pytest.mark.parametrize("text", ["派出所", "分局", "街道", "", "局"])
def test_a_word_that_could_mean_several_is_never_guessed(units: Units, text: str) -> None:
    assert units.find(text) is None
    with pytest.raises(UnknownUnitError):
        units.named(text)


def test_an_unknown_name_is_refused_with_the_nearest(units: Units) -> None:
    with pytest.raises(UnknownUnitError, match="区住建局"):
        units.named("区住建居")


def test_letters_name_the_branches_of_city_bureaus_in_full(units: Units) -> None:
    assert units.get("gaj").full_name == "枣庄市公安局峄城分局"
    assert units.get("hbj").full_name == "枣庄市生态环境局峄城分局"
    assert units.get("zjj").full_name == "峄城区住房和城乡建设局"
    joint = "峄城区综合行政执法相对集中行政处罚联席会议办公室"
    assert units.get("lxb").full_name == joint


def test_a_full_name_without_a_source_says_that_it_is_to_be_checked(units: Units) -> None:
    unsure = [unit.code for unit in units.all if unit.note == "全称待核"]
    assert unsure == [
        "mzzj", "scj", "gsly", "kfq", "lyzx", "zfw", "jw", "zzb", "bb", "flgw",
    ]  # fmt: skip


def test_kinds_are_a_closed_set(units: Units) -> None:
    assert {unit.code: unit.kind for unit in units.all if unit.kind != "member"} == {
        "gaj": "police", "wljd": "town", "tsjd": "town", "lyz": "town", "lxb": "office",
        "qzf": "government", "zfw": "party", "jw": "party", "zzb": "party", "bb": "party",
        "fy": "court", "jcy": "procuratorate", "czj": "department", "scjg": "department",
        "flgw": "counsel", "jdjg": "appraiser",
    }  # fmt: skip


def test_every_name_can_be_printed_on_a_gbk_terminal(units: Units) -> None:
    assert all("".join((*unit.spellings, unit.note)).encode("gbk") for unit in units.all)


def test_a_code_that_the_pack_no_longer_has_keeps_its_code(units: Units) -> None:
    assert units.get("gone").name == "gone"
