"""The word of the room: the question typed at the console, the words, the headings."""

from __future__ import annotations

from django import forms

from appreciation.domain.room_words import LONGEST_WORD
from appreciation.interfaces.paper_word_form import new_sending


class QuestionForm(forms.Form):
    text = forms.CharField(
        label="La question, courte",
        max_length=140,
        initial="Un mot sur notre communauté…",
        help_text="Chaque téléphone peut envoyer trois mots. Rien ne va à l’écran sans vous.",
        error_messages={"required": "Écrivez la question."},
    )


class HeadingForm(forms.Form):
    title = forms.CharField(
        label="Nouveau titre",
        max_length=80,
        error_messages={"required": "Écrivez un titre."},
    )


class PaperRoomWordForm(forms.Form):
    text = forms.CharField(
        label="Un mot écrit sur papier",
        max_length=LONGEST_WORD,
        error_messages={"required": "Copiez ici le mot écrit sur le papier."},
    )
    sending = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_sending)


class PhoneWordForm(forms.Form):
    """Length is the rule's to judge, so that a text too long comes back whole with its reason."""

    question = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label="Votre mot",
        strip=False,
        error_messages={"required": "Écrivez un mot ou une courte phrase."},
    )
