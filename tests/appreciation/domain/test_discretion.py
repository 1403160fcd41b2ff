from fractions import Fraction

from wagtail.models import Site

from appreciation.domain.discretion import DiscretionRules, discretion_rules
from appreciation.domain.wording import AgreementThresholds
from cms.settings import SiteSettings


def set_site(**values):
    return SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), **values)


def test_rules_of_a_site_that_set_nothing_are_the_house_ones():
    assert discretion_rules() == DiscretionRules(5, AgreementThresholds())


def test_rules_follow_the_settings(django_assert_num_queries):
    set_site(
        disclosure_k=7, agreement_clear="0.80", agreement_partial="0.50", agreement_shared="-0.20"
    )
    with django_assert_num_queries(1):
        rules = discretion_rules()
    assert rules.outside_k == 7
    assert rules.thresholds.clear == Fraction(4, 5)
    assert rules.thresholds.shared == Fraction(-1, 5)


def test_rules_never_go_under_three_people():
    set_site(disclosure_k=1)
    assert discretion_rules().outside_k == 3


def test_thresholds_out_of_order_are_not_obeyed():
    set_site(agreement_clear="0.10")
    assert discretion_rules().thresholds == AgreementThresholds()
