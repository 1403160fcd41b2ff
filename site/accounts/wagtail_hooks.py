"""What Wagtail's screens about people must not forget."""

from wagtail import hooks

from accounts.domain.addresses import forget_other_addresses


@hooks.register("after_edit_user")
def keep_one_address(request, user) -> None:
    forget_other_addresses(user)
