from datetime import timedelta

from django.apps import AppConfig


class AppreciationConfig(AppConfig):
    name = "appreciation"
    verbose_name = "appréciation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from appreciation.domain import purges
        from appreciation.domain.unlinking import next_meeting_to_unlink, unlink_due_meetings
        from core.purges import register_purge

        register_purge(
            "Rencontres déliées de leurs appareils",
            unlink_due_meetings,
            kept="30 jours après la rencontre",
            next_due=next_meeting_to_unlink,
        )
        register_purge(
            "Codes de rencontre refusés",
            purges.erase_wrong_codes,
            kept="un jour au plus",
            next_due=purges.next_wrong_code,
        )
        register_purge(
            "Accès d’un soir finis",
            purges.erase_old_evening_passes,
            kept="30 jours après la rencontre",
            next_due=purges.next_old_evening_pass,
        )
        _keep_documents_of_appraisals_to_their_people()
        _forget_rehearsals()
        _keep_in_touch_with_who_is_invited()
        _forget_what_was_sent_without_account()
        _forget_names_of_the_calendar()
        _forget_closed_help_requests()
        _follow_what_was_decided()
        _forget_what_is_too_old()
        _say_which_mails_may_be_refused()
        _keep_captions_with_their_videos()
        _leave_copies_of_pages_alone_during_meetings()
        _give_new_places_their_portrait()
        _tell_sheets_where_they_were_born()
        _say_which_entries_sheets_may_name()


def _keep_documents_of_appraisals_to_their_people() -> None:
    from appreciation.domain.documents import HOLDERS, may_read_document
    from cms.document_access import register_holder, register_rule

    register_rule(may_read_document)
    for holder in HOLDERS:
        register_holder(holder)


def _forget_rehearsals() -> None:
    from appreciation.domain.rehearsals import erase_old_rehearsals, next_old_rehearsal
    from core.purges import register_purge

    register_purge(
        "Répétitions oubliées",
        erase_old_rehearsals,
        kept="7 jours, ou dès que la personne l’efface",
        next_due=next_old_rehearsal,
    )


def _forget_what_was_sent_without_account() -> None:
    from appreciation.domain import corrections, interests
    from core.purges import register_purge

    register_purge(
        "Communautés intéressées, renseignements personnels",
        interests.erase_old_interests,
        kept="12 mois après la réception, 30 jours s’il n’y a pas de suite",
        next_due=interests.next_old_interest,
    )
    register_purge(
        "Coordonnées laissées avec des corrections",
        corrections.erase_correction_contacts,
        kept="jusqu’à la fin de la restitution",
        next_due=corrections.next_correction_contact,
    )


def _forget_closed_help_requests() -> None:
    from appreciation.domain import help as asked_help
    from core.purges import register_purge

    register_purge(
        "Demandes d’aide closes",
        asked_help.erase_closed_help_requests,
        kept="un an après la fin",
        next_due=asked_help.next_closed_help_request,
    )


def _keep_in_touch_with_who_is_invited() -> None:
    from appreciation.domain.contacts import erase_due_contacts, next_contacts_to_erase
    from appreciation.domain.date_news import tell_whoever_knew_the_date
    from appreciation.domain.postponing import register_on_postponed
    from appreciation.domain.reminders import queue_due_reminders
    from background.schedule import register_every
    from core.purges import register_purge

    register_purge(
        "Contacts des personnes invitées",
        erase_due_contacts,
        kept="30 jours après la saisie de la rencontre ou la soirée publique, "
        "ou 6 mois après la date prévue",
        next_due=next_contacts_to_erase,
    )
    register_on_postponed(tell_whoever_knew_the_date)
    register_every("meeting_reminders", queue_due_reminders, every=timedelta(hours=1))


def _forget_names_of_the_calendar() -> None:
    from appreciation.domain import tasks
    from core.purges import register_purge

    register_purge(
        "Noms écrits au calendrier",
        tasks.erase_old_task_owners,
        kept="90 jours après la fin de la démarche",
        next_due=tasks.next_old_task_owner,
    )


def _follow_what_was_decided() -> None:
    from appreciation.domain import check_ins, entries_found, exports, followers
    from appreciation.domain.public_reports import kept_reports, prepare_public_reports
    from appreciation.domain.synthesis.files import kept_files
    from appreciation.interfaces.documents.making import run_exports
    from background.schedule import register_every, register_nightly
    from core.purges import register_purge

    register_purge(
        "Noms donnés en réponse aux suivis",
        check_ins.erase_old_names,
        kept="un an après la réponse",
        next_due=check_ins.next_old_name,
    )
    register_purge(
        "Abonnements jamais confirmés",
        followers.erase_unconfirmed,
        kept="48 heures",
        next_due=followers.next_unconfirmed,
    )
    register_purge(
        "Copies et documents de démarches",
        lambda now: exports.erase_old_exports(now, kept_files() | kept_reports()),
        kept="24 heures",
        next_due=lambda: exports.next_old_export(kept_files() | kept_reports()),
    )
    register_every("public_reports", prepare_public_reports, every=timedelta(minutes=1))
    register_every("exports", run_exports, every=timedelta(seconds=5), claim=timedelta(minutes=6))
    register_every("entries_found", entries_found.follow_what_came_out, every=timedelta(minutes=10))
    register_nightly("tell_followers", followers.tell_followers)
    register_nightly("check_ins", check_ins.run_check_ins)


def _forget_what_is_too_old() -> None:
    from appreciation.domain import directory, drafts, incidents
    from core.purges import register_purge

    register_purge(
        "Brouillons oubliés",
        drafts.erase_old_drafts,
        kept="30 jours, ou dès que la personne enregistre",
        next_due=drafts.next_old_draft,
    )
    register_purge(
        "Incidents de confidentialité",
        incidents.erase_old_incidents,
        kept="cinq ans",
        next_due=incidents.next_old_incident,
    )
    register_purge(
        "Fiches du répertoire",
        directory.erase_old_entries,
        kept="deux ans sans être confirmées, ou dès que la personne se retire",
        next_due=directory.next_old_entry,
    )


def _say_which_mails_may_be_refused() -> None:
    from background.preferences import register_optional_mail

    register_optional_mail(
        "help",
        "Demandes d’aide: une question posée, prise en charge ou répondue",
        instead="Tout reste sous « Aide ».",
    )
    register_optional_mail(
        "check_in_reminder",
        "Rappel d’un suivi sans réponse, deux semaines après la question",
        instead="La question elle-même part toujours.",
    )
    register_optional_mail(
        "interest",
        "Une communauté se dit intéressée, dans un territoire que vous coordonnez",
        instead="Elle attend aussi sous « Coordination ».",
    )


def _keep_captions_with_their_videos() -> None:
    from django.db.models.signals import post_delete, post_save

    from appreciation.domain import videos
    from cms.media import MediaTrack, register_caption_guard, register_media_guard
    from core.last_good import forget_copies

    register_caption_guard(videos.why_captions_of_videos_stay)
    register_media_guard(videos.why_media_of_videos_stay)

    def read_anew(*, instance: MediaTrack, **_signal: object) -> None:
        """The search and the copies know what was said before: they learn it again."""
        videos.index_videos_of(instance.media_id)
        forget_copies()

    for signal in (post_save, post_delete):
        signal.connect(read_anew, sender=MediaTrack, dispatch_uid="videos", weak=False)


def _give_new_places_their_portrait() -> None:
    from appreciation.domain.place_pages import ensure_place_pages, unwritten_page
    from reference.domain.new_places import register_place_follower

    register_place_follower("portraits", ensure_place_pages, unwritten_page)


def _tell_sheets_where_they_were_born() -> None:
    from appreciation.domain.practice_origins import origins_told_on
    from pratiques.domain.queries.around import register_backlinks

    register_backlinks(origins_told_on)


def _leave_copies_of_pages_alone_during_meetings() -> None:
    """Phones and forms write these without end, and no public page reads them."""
    from appreciation import models
    from cms.public_mark import register_never_shown

    register_never_shown(
        models.Comment,
        models.Draft,
        models.ExitAnswer,
        models.HandCount,
        models.JoinAttempt,
        models.Rating,
        models.RatingCount,
        models.Seat,
    )


def _say_which_entries_sheets_may_name() -> None:
    from appreciation.domain.queries.register import pages_of_listed_entries
    from pratiques.domain.linked_appraisals import register_public_pages

    register_public_pages(pages_of_listed_entries)
