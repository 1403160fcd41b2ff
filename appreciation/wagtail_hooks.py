from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from appreciation.admin.appraisals import AppraisalAdmin
from appreciation.admin.instruments import InstrumentGroup

modeladmin_register(AppraisalAdmin)
register_snippet(InstrumentGroup)
