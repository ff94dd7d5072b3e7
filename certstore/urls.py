"""The addresses of the app; one line a page."""

urlpatterns: list[object] = []
