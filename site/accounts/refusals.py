"""allauth's refusals in our words: what happened, what to do."""

MISMATCH = (
    "Ce courriel et ce mot de passe ne vont pas ensemble. Essayez de nouveau,"
    " ou recevez un code par courriel."
)
LINK_IS_OVER = "Ce lien n’est plus valable: demandez-en un nouveau."
WRONG_CODE = "Ce n’est pas le bon code, ou il ne vaut plus."

REFUSALS = {
    "account_inactive": "Ce compte est fermé: votre coordination peut le rouvrir.",
    "duplicate_email": "C’est déjà votre adresse.",
    "email_password_mismatch": MISMATCH,
    "email_taken": "Cette adresse ne peut pas être prise: choisissez-en une autre.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "invalid_login": MISMATCH,
    "invalid_or_expired_key": LINK_IS_OVER,
    "invalid_password_reset": LINK_IS_OVER,
    "rate_limited": "Il y a eu trop de demandes de suite: attendez quelques minutes.",
    "same_as_current": "Rien ne changerait: écrivez autre chose.",
    "too_many_login_attempts": (
        "Il y a eu trop d’essais: attendez quinze minutes, ou recevez un code par courriel."
    ),
}
SECOND_FACTOR_REFUSALS = {
    "add_email_blocked": (
        "Retirez d’abord votre deuxième preuve d’identité, changez d’adresse,"
        " puis remettez la preuve."
    ),
    "cannot_delete_authenticator": "Cette preuve ne peut pas être retirée.",
    "cannot_generate_recovery_codes": (
        "Ajoutez d’abord une clé d’accès ou une application de codes."
    ),
    "incorrect_code": WRONG_CODE,
}
