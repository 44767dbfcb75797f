"""Pages that show nobody else's personal data; every other page has `@reads("class")` beside its view."""

# One's own, the public's, rules and figures, forms to write in
NONE = """
screening:narrow
ui_gallery ui_gallery_staff audit:heads audit:heads_file calls:index calls:clause calls:publish
calls:detail calls:calendar calls:clauses calls:amend calls:seed calls:close questions:faq
questions:manage questions:new_entry questions:edit_entry questions:index questions:ask
organisations:index organisations:join organisations:edit organisations:accept
organisations:new_restriction applications:home applications:check_eligibility
applications:check_documents applications:check_model applications:index applications:start
applications:start_company applications:new_company applications:start_public
applications:model_verdict applications:edit applications:section applications:consents
applications:documents applications:attach applications:remove applications:filled
applications:form_file applications:blank_form applications:submit applications:receipt_keys
applications:receipt_key applications:verify applications:withdraw applications:invited
screening:coverage screening:texts screening:text screening:corrections screening:renewals
evaluation:import evaluation:profile evaluation:pledge evaluation:close selection:capacity
selection:results selection:public_record selection:public_matching_record allocation:budget
allocation:agreement allocation:offer allocation:place
allocation:server allocation:withdrawal progress:mine progress:report
progress:midpoint progress:final progress:survey progress:own_case console:board console:home
"""
# Only posted to: they show nothing, they lead on
POSTED = """
evaluation:remind
audit:verify people:grant people:revoke organisations:check_status organisations:invite
organisations:leave organisations:remove organisations:hand_over organisations:invitation
organisations:answer calls:quotas questions:retire_entry applications:dates applications:rescan
applications:confirmation screening:find_round screening:resolve screening:extend
screening:take_back screening:waive evaluation:end_relation selection:propose selection:run_matching
allocation:refill allocation:record_month allocation:close_call allocation:open_awards
allocation:countersign allocation:order_server allocation:return_server progress:statement
console:retry_mail
"""
DECLARED = frozenset(f"{NONE} {POSTED}".split())
