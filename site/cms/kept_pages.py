"""Pages that rules make, place and remove: nobody does it by hand, whatever her rights."""

from wagtail.models import PagePermissionTester


class KeptPagePermissions(PagePermissionTester):
    """Its text may be changed and published; the page itself follows what it stands for."""

    def can_add_subpage(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False
