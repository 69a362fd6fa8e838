"""The shell's own pages: log-in, language, and where one lands."""

from typing import Any

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.accounts.actions import note_wrong_password
from zhegu.lib import clock
from zhegu.lib.texts import language_code, text
from zhegu.office import first_hour
from zhegu.office.middleware import COMMUNITY_KEY, LANGUAGE_COOKIE
from zhegu.pages.doors import office_page
from zhegu.places import queries as places


class LogIn(auth.LoginView):
    """Name and password; says in the reader's language what was wrong."""

    template_name = "office/log_in.html"
    redirect_authenticated_user = True

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.error_messages = {
            code: text("office.log_in_wrong", self.request.lang) for code in ("invalid_login", "inactive")
        }
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A locked name is not even tried, so that the lock says nothing about the password."""
        name, address = request.POST.get("username", ""), request.META.get("REMOTE_ADDR", "")
        if not accounts.may_log_in(name, address, clock.now()):
            form = self.get_form_class()(request)
            context = self.get_context_data(form=form, locked=True)
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        note_wrong_password(
            username=self.request.POST.get("username", ""),
            address=self.request.META.get("REMOTE_ADDR", ""),
            at=clock.now(),
        )
        return super().form_invalid(form)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    return auth.LogoutView.as_view(next_page="/login/")(request)


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    """The icon where a browser looks for it by itself: while it shows a print, which cannot name one."""
    return redirect(static("icon.svg"))


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The reader's language, kept a year on this browser; unknown ones read Chinese."""
    onward = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = "/"
    answer = redirect(onward)
    answer.set_cookie(
        LANGUAGE_COOKIE, language_code(request.POST.get("language", "")), max_age=365 * 24 * 3600,
        samesite="Lax", secure=request.is_secure(), httponly=True,
    )
    return answer


def home(request: HttpRequest) -> HttpResponse:
    """Today's board; the figures for those who work above the communities."""
    if request.scope.only_above and request.scope.places("office", "leader", "observer"):
        return redirect("upward:board")
    return _community_home(request)


@office_page()
def _community_home(request: HttpRequest) -> HttpResponse:
    """Today's board, or the first hour where nobody stands in the register yet."""
    if request.scope.covers(request.community.code, "office") and first_hour.is_empty(request.scope, request.community):
        return redirect("office:first_hour")
    try:
        return redirect(reverse("sampling:today"))
    except NoReverseMatch:
        return render(request, "office/home.html")


@require_POST
@office_page()
def choose_community(request: HttpRequest) -> HttpResponse:
    """Turns to another community one holds a role in."""
    chosen = places.community(request.scope, request.POST.get("community", ""))
    request.session[COMMUNITY_KEY] = chosen.code
    return redirect("/")


@require_GET
@office_page("office")
def first_steps(request: HttpRequest) -> HttpResponse:
    """Five steps from an empty system to phones in the field, each done or not."""
    steps = first_hour.steps(request.scope, request.community)
    context = {"steps": steps, "done": sum(step.done for step in steps)}
    return render(request, "office/first_hour.html", context)
