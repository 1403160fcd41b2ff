"""« Répertoire »: who accompanies démarches and asked to be found; one's own entry."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.directory import leave_directory, save_entry
from appreciation.interfaces.directory_forms import DirectoryEntryForm, DirectoryFilterForm
from appreciation.models import DirectoryEntry
from appreciation.models.directory import may_read_directory
from appreciation.views.guards import SAVED, space_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal

PER_PAGE = 20


@space_view("GET", "HEAD")
def directory(request: HttpRequest) -> HttpResponse:
    _check_may_read(request)
    entries = DirectoryEntry.objects.visible_to(request.user)
    form = DirectoryFilterForm(request.GET)
    territory = form.cleaned_data["territoire"] if form.is_valid() else None
    if territory is not None:
        entries = entries.filter(territory=territory)
    page = Paginator(entries.select_related("user", "territory"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "form": form,
        "is_in_it": DirectoryEntry.objects.editable_by(request.user).exists(),
        "is_filtered": territory is not None,
        "query": f"territoire={territory.pk}" if territory else "",
    }
    return render(request, "space/directory.html", context)


@space_view("GET", "HEAD", "POST")
def directory_entry(request: HttpRequest) -> HttpResponse:
    _check_may_read(request)
    entry = DirectoryEntry.objects.editable_by(request.user).first()
    form = DirectoryEntryForm(typed_text(request), initial=model_to_dict(entry) if entry else None)
    if request.method == "POST" and form.is_valid():
        try:
            save_entry(user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Votre fiche est au répertoire.", extra_tags=SAVED)
            return redirect("space:directory_entry")
    return render(request, "space/directory_entry.html", {"form": form, "entry": entry})


@space_view("POST")
def directory_removal(request: HttpRequest) -> HttpResponse:
    _check_may_read(request)
    leave_directory(user=request.user)
    messages.success(request, "Votre fiche est effacée. Personne ne vous voit plus au répertoire.")
    return redirect("space:directory_entry")


def _check_may_read(request: HttpRequest) -> None:
    if not may_read_directory(request.user):
        raise Http404
