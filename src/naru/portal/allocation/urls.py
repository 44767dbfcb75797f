"""/allocation/ for staff, /applications/<pk>/... for awardees, /orders/ for cloud companies."""

from django.urls import path

from naru.portal.allocation.views import awardee, cloud, offers, staff, waiting

app_name = "allocation"
urlpatterns = [
    path("allocation/", staff.board, name="board"),
    path("allocation/waiting-list/", waiting.waiting_list, name="waiting_list"),
    path("allocation/waiting-list/refill/", waiting.refill, name="refill"),
    path("allocation/refills/<int:pk>/", waiting.refill_record, name="refill_record"),
    path("allocation/budget/", staff.budget, name="budget"),
    path("allocation/budget/month/", staff.record_month, name="record_month"),
    path("allocation/budget/close/", staff.close_call, name="close_call"),
    path("allocation/matchings/<int:pk>/open/", staff.open_awards, name="open_awards"),
    path("allocation/<int:pk>/", staff.award, name="award"),
    path("allocation/<int:pk>/countersign/", staff.countersign, name="countersign"),
    path("allocation/<int:pk>/order/", staff.order_server, name="order_server"),
    path("allocation/<int:pk>/return/", staff.return_server, name="return_server"),
    path("applications/<int:pk>/agreement/", awardee.agreement, name="agreement"),
    path("applications/<int:pk>/server/", awardee.server, name="server"),
    path("applications/<int:pk>/offer/", offers.offer, name="offer"),
    path("applications/<int:pk>/waiting/", offers.place, name="place"),
    path("applications/<int:pk>/withdrawal/", awardee.withdrawal, name="withdrawal"),
    path("orders/", cloud.orders, name="orders"),
    path("orders/<int:pk>/", cloud.order, name="order"),
]
