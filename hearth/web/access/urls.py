"""Addresses of signing in and of a person's own account. Of allauth only the pages that the policy names."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import path

from hearth.web.access import council, sign_in, views, ways
from hearth.web.access.administration import views as administration

SIGN_IN = [
    path("sign-in", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code", sign_in.AskForCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/enter", sign_in.EnterCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-step", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey", sign_in.WithPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/made-up", views.demo_sign_in, name="demo_sign_in"),
    path("sign-in/ended", account.account_inactive, name="account_inactive"),
    path("sign-in/closed", account.signup, name="account_signup"),
    path("sign-out", account.logout, name="account_logout"),
]
COUNCIL = [
    path("sign-in/<str:provider_id>/begin", council.begin, name="openid_connect_login"),
    path("sign-in/<str:provider_id>/return", council.come_back, name="openid_connect_callback"),
    path("sign-in/council/failed", social.login_error, name="socialaccount_login_error"),
    path("sign-in/council/cancelled", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/council/closed", social.signup, name="socialaccount_signup"),
]
OWN = [
    path("account", views.account, name="account"),
    path("more", views.more, name="more"),
    path("account/still-here", views.still_here, name="still_here"),
    path("account/sign-out-everywhere", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/confirm/code", sign_in.Confirm.as_view(), name="mfa_reauthenticate"),
    path("account/confirm/passkey", sign_in.ConfirmWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/ways-of-signing-in", mfa.index, name="mfa_index"),
    path("account/recovery-codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new", ways.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/authenticator/add", ways.AddApp.as_view(), name="mfa_activate_totp"),
    path("account/authenticator/remove", ways.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/passkeys", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add", ways.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove", ways.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/rename", ways.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
]

ADMINISTRATION = [
    path("people", administration.people, name="people"),
    path("people/add", administration.person_added, name="person_added"),
    path("people/<int:user_pk>", administration.person, name="person"),
    path("people/<int:user_pk>/change", administration.person_changed, name="person_changed"),
    path("people/<int:user_pk>/access", administration.person_let_in, name="person_let_in"),
    path("people/<int:user_pk>/posts/add", administration.post_added, name="post_added"),
    path("posts/<int:post_pk>/end", administration.post_ended, name="post_ended"),
    path("teams", administration.teams, name="teams"),
    path("teams/add", administration.team_added, name="team_added"),
    path("teams/<int:team_pk>", administration.team_changed, name="team_changed"),
    path("log", administration.log, name="log"),
]

urlpatterns = [*SIGN_IN, *COUNCIL, *OWN, *ADMINISTRATION]
