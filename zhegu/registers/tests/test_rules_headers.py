"""What header words mean, as they turn up in the lists of villages, sites and schools."""

import pytest

from zhegu.registers.rules.headers import meaning

WORDS = {
    "name": "住户姓名 人员名称 承租人姓名 旅客姓名 教师姓名 学生姓名 牧民姓名 姓名（藏汉文） 姓名Name 村民",
    "household_no": "户口簿编号 户口本号码 户编码 家庭序号 农户编码 户籍编号",
    "id": "身份证件号 公民身份号码 身份证编号 身份证/护照号 证件编码 证照号码 社会保障号 二代身份证号 身份证号码（18位）",
    "phone": "手机 联系方式 通讯方式 电话（手机） 座机/手机 微信/电话 家庭电话 有效联系方式",
    "birth": "出生年月 出生日期（年/月/日） 出生、年、月 公历生日",
    "grid": "网格化编号 归属网格 微网格 责任网格 第几组 网格编码 片区（网格）",
    "relation": "与户主关系 户主关系 家庭成员与户主关系 家庭成员关系 是否户主 与户主关系（本人/配偶/子女）",
    "members": "家庭成员姓名及关系 家庭成员及联系方式 成员姓名及身份证号 家庭成员（姓名、关系） 家人 人口明细",
    "address": "门牌 楼栋-单元-室 房号 宿舍号 僧舍 放牧点",
    "other": "网格长电话 班主任电话 雇主电话 包工头 驻村队员 村医电话 身份证有效期 紧急联系人电话 双联户户长 微信群名称",
}


@pytest.mark.parametrize(("role", "word"), [(role, word) for role, words in WORDS.items() for word in words.split()])
def test_a_header_word_means(role, word):
    assert str(meaning(word).role) == role
