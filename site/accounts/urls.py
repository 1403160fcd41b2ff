"""Addresses of our own about accounts; allauth's are in `accounts.urls_sign_in`."""

from django.urls import path

from accounts.views import account, invitations

app_name = "accounts"

urlpatterns = [
    path("", account.account_home, name="home"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/annuler/", invitations.revoke, name="invitation_revoke"),
    path("invitations/accepter/<str:token>/", invitations.accept, name="invitation_accept"),
]
