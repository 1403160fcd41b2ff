"""The public API, version 1. Its addresses do not change; a change that breaks is a version 2."""

from cms.api import open_answer
from home.views.api import api, api_page

app_name = "api"

urlpatterns = list(api.urls[0])
for pattern in urlpatterns:
    is_page = pattern.name == "api-root"
    pattern.callback = api_page if is_page else open_answer(pattern.callback)
