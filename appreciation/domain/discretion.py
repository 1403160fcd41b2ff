"""How discreet the region is: the thresholds it set once, read in one query."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.wording import DEFAULT_THRESHOLDS, AgreementThresholds
from cms.settings import SiteSettings
from core.disclosure import OUTSIDE_K, SMALLEST_K


@dataclass(frozen=True)
class DiscretionRules:
    """`outside_k` respondents at least leave the room; `thresholds` give agreement its words."""

    outside_k: int = OUTSIDE_K
    thresholds: AgreementThresholds = DEFAULT_THRESHOLDS


def discretion_rules() -> DiscretionRules:
    """The rules of the default site; the house's own when nothing is set.

    A k under 3 or thresholds out of order cannot come from the form; whatever put them there is
    not obeyed.
    """
    return rules_of(SiteSettings.objects.filter(site__is_default_site=True).first())


def rules_of(site_settings: SiteSettings | None) -> DiscretionRules:
    """The same from settings already read."""
    if site_settings is None:
        return DiscretionRules()
    return DiscretionRules(
        outside_k=max(SMALLEST_K, site_settings.disclosure_k),
        thresholds=_thresholds(site_settings),
    )


def _thresholds(site_settings: SiteSettings) -> AgreementThresholds:
    try:
        return AgreementThresholds(
            clear=site_settings.agreement_clear,
            partial=site_settings.agreement_partial,
            shared=site_settings.agreement_shared,
        )
    except ValueError:
        return DEFAULT_THRESHOLDS
