"""« Version adoptée »: join the committee's own file, read the former ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.adopted_versions import attach_adopted_version
from appreciation.domain.team import can_edit
from appreciation.interfaces.adopted_version_form import AdoptedVersionForm
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def adopted_version(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    versions = list(appraisal.adopted_versions.select_related("document"))
    initial = {"is_shared": versions[0].is_shared if versions else False}
    form = AdoptedVersionForm(request.POST or None, request.FILES or None, initial=initial)
    form.fields["file"].required = not versions
    if request.method == "POST" and form.is_valid():
        try:
            attach_adopted_version(appraisal=appraisal, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La version adoptée est enregistrée.")
            return redirect("space:adopted_version", appraisal.reference)
    context = {
        "appraisal": appraisal,
        "form": form,
        "versions": versions,
        "may_attach": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/adopted_version.html", context)
