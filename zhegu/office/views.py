"""The shell's own pages: log-in, language, and where one lands."""

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from zhegu.lib.texts import text
from zhegu.pages.doors import office_page
from zhegu.office.middleware import COMMUNITY_KEY
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


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    return auth.LogoutView.as_view(next_page="/login/")(request)


@office_page()
def home(request: HttpRequest) -> HttpResponse:
    """Today's board, or the first hour where nothing stands yet."""
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
