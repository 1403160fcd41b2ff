"""What stands beside the pages of the register."""

from django.urls import path

from appreciation.views.register_feed import feed

app_name = "register"
urlpatterns = [path("fil.rss", feed, name="feed")]
