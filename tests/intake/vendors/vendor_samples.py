"""A few invented rows of what vendors export: (table, field -> column that has to fill it, text)."""

from __future__ import annotations

SAMPLES: dict[str, tuple[str, dict[str, str], str]] = {
    "Zendesk ticket export": (
        "tickets",
        {"account_ref": "Organization", "resolution_minutes": "Full resolution time in minutes", "type": "Ticket type",
         "first_reply_minutes": "First reply time in minutes", "requester_email": "Requester email"},
        "Summation column,Id,Requester,Requester id,Requester email,Requester domain,Assignee,Group,Subject,Tags,"
        "Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Solved at,Satisfaction Score,"
        "First reply time in minutes,First reply time in minutes within business hours,Full resolution time in minutes,"
        "Priority [list]\n"
        "1,501,Jo,9,jo@nordwind.example,nordwind.example,Max,Tier 1,How do I export?,export,Solved,Low,Web,Question,"
        "2026-09-01 10:00,2026-09-02 10:00,2026-09-01 11:00,Nordwind,2026-09-02 09:00,Good,30,20,1380,P3\n"
        "1,502,Al,8,al@helio.example,helio.example,Max,Tier 1,Error,,Open,High,Mail,Problem,"
        "2026-09-03 10:00,2026-09-03 10:00,2026-09-03 11:00,Helio,,Offered,45,40,,P1\n",
    ),
    "Freshdesk ticket export": (
        "tickets",
        {"account_ref": "Company Name", "created_at": "Created time", "first_reply_at": "Initial response time",
         "resolution_minutes": "Resolution time (in hrs)", "solved_at": "Resolved time"},
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
        "Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),"
        "Agent interactions,Tags,Full name,Email,Contact ID,Company Name\n"
        "7,How to invite?,Closed,Low,Portal,Question,Max,EMEA,2026-09-01 10:00:00,2026-09-04 10:00:00,"
        "2026-09-02 10:00:00,2026-09-03 10:00:00,2026-09-03 10:00:00,2026-09-01 10:30:00,00:20:00,00:30:00,24:00:00,2,,"
        "Jo,jo@nordwind.example,77001,Nordwind\n"
        "8,Crash,Open,High,Email,Incident,Max,EMEA,2026-09-05 10:00:00,2026-09-08 10:00:00,,,2026-09-05 11:00:00,"
        "2026-09-05 10:15:00,,00:15:00,,1,,Al,al@helio.example,77002,Helio\n",
    ),
    "HubSpot ticket export": (
        "tickets",
        {"account_ref": "Associated Company IDs", "subject": "Ticket name", "status": "Ticket status"},
        "Ticket ID,Ticket name,Ticket description,Ticket status,Pipeline,Priority,Source,Category,Create date,"
        "Close date,Ticket owner,Associated Company,Associated Company IDs\n"
        "1,How do I share?,Where is it,Closed,Support Pipeline,Low,EMAIL,PRODUCT_ISSUE,2026-09-01 10:00,"
        "2026-09-02 10:00,Max,Nordwind,101\n"
        "2,Crash,It broke,New,Support Pipeline,High,CHAT,,2026-09-03 10:00,,Max,Helio,102\n",
    ),
    "Salesforce case report": (
        "tickets",
        {"account_ref": "Account ID", "created_at": "Date/Time Opened", "type": "Case Type", "channel": "Case Origin"},
        "Case Number,Account ID,Account Name,Contact Email,Subject,Description,Status,Priority,Case Origin,Case Type,"
        "Date/Time Opened,Date/Time Closed,Case Owner,Age\n"
        "00001001,0015g01,Nordwind,jo@nordwind.example,How to?,Please help,Closed,Low,Web,Question,01/09/2026 10:00,"
        "02/09/2026 10:00,Max,24\n"
        "00001002,0015g02,Helio,al@helio.example,Broken,It broke,New,High,Email,Problem,15/09/2026 10:00,,Max,3\n",
    ),
    "Salesforce export of the object Case": (
        "tickets",
        {"account_ref": "AccountId", "account_name": "Account.Name", "requester_email": "Contact.Email",
         "ticket_id": "CaseNumber", "channel": "Origin"},
        "Id,CaseNumber,AccountId,Account.Name,Contact.Email,Subject,Description,Status,Priority,Origin,Type,CreatedDate,"
        "ClosedDate,IsClosed,OwnerId\n"
        "5005g1,00001001,0015g01,Nordwind,jo@nordwind.example,How to?,Help,Closed,Low,Web,Question,"
        "2026-09-01T10:00:00.000+0000,2026-09-02T10:00:00.000+0000,true,0055g\n"
        "5005g2,00001002,0015g02,Helio,al@helio.example,Broken,Help,New,High,Email,Problem,"
        "2026-09-15T10:00:00.000+0000,,false,0055g\n",
    ),
    "Salesforce account report": (
        "accounts",
        {"account_id": "Account ID", "csm": "Account Owner", "country": "Billing Country",
         "channel": "Account Source"},
        "Account ID,Account Name,Account Owner,Industry,Billing Country,Website,Account Source,Created Date,"
        "Annual Revenue\n"
        "0015g01,Nordwind,Ana Ruiz,Logistics,Germany,nordwind.example,Web,01/03/2025,25000000\n"
        "0015g02,Helio,Bo Lind,Energy,France,helio.example,Partner,24/02/2024,9000000\n",
    ),
    "Salesforce contract report": (
        "subscriptions",
        {"subscription_id": "Contract Number", "end_date": "Contract End Date",
         "term_months": "Contract Term (months)"},
        "Contract Number,Account ID,Account Name,Contract Start Date,Contract End Date,Contract Term (months),Status\n"
        "00000100,0015g01,Nordwind,2025-03-01,2026-03-01,12,Activated\n"
        "00000101,0015g02,Helio,2024-02-24,2026-02-24,24,Activated\n",
    ),
    "Chargebee subscription export": (
        "subscriptions",
        {"account_ref": "customers.id", "start_date": "subscriptions.started_at",
         "end_date": "subscriptions.cancelled_at"},
        "subscriptions.id,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.plan_unit_price,"
        "subscriptions.status,subscriptions.start_date,subscriptions.current_term_start,subscriptions.current_term_end,"
        "subscriptions.created_at,subscriptions.started_at,subscriptions.cancelled_at,customers.id,customers.email\n"
        "s1,pro-monthly,3,40.0,Active,,2026-10-01 00:00:00,2026-11-01 00:00:00,2025-01-01 00:00:00,2025-01-01 00:00:00,"
        ",c1,jo@nordwind.example\n"
        "s2,team-yearly,1,600.0,Cancelled,,,,2024-01-01 00:00:00,2024-01-01 00:00:00,2026-01-01 00:00:00,c2,"
        "al@helio.example\n",
    ),
    "Jira Service Management request export": (
        "tickets",
        {"account_ref": "Custom field (Organizations)", "type": "Custom field (Request Type)", "subject": "Summary",
         "first_reply_at": "Custom field ([CHART] Date of First Response)", "solved_at": "Resolved"},
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Reporter,Created,Updated,Resolved,"
        "Labels,Description,Custom field (Organizations),Custom field (Request Type),Satisfaction rating,"
        "Custom field ([CHART] Date of First Response),Custom field (Time to resolution),Comment,Comment\n"
        "How to export?,SUP-1,10001,Service Request,Done,SUP,Low,max,jo,01/Sep/26 10:00 AM,02/Sep/26 10:00 AM,"
        "02/Sep/26 9:00 AM,export,Where is it,Nordwind,Ask a question,5,01/Sep/26 10:30 AM,-3:20,a,b\n"
        "Crash,SUP-2,10002,Incident,Open,SUP,High,max,al,03/Sep/26 10:00 AM,03/Sep/26 10:00 AM,,,It broke,Helio,"
        "Report a bug,,,1:00,,\n",
    ),
    "Amplitude event export": (
        "usage",
        {"user_id": "user_id", "used_on": "event_time", "feature": "event_type", "usage_id": "uuid"},
        "amplitude_id,device_id,user_id,event_type,event_time,client_event_time,uuid,company_id\n"
        "11,d1,u1,report_opened,2026-09-01 10:00:00.123,2026-09-01 10:00:00.120,e1,A1\n"
        "12,d2,u2,report_shared,2026-09-02 10:00:00.123,2026-09-02 10:00:00.120,e2,A2\n",
    ),
    "Pendo export of feature events": (
        "usage",
        {"account_ref": "accountId", "user_id": "visitorId", "used_on": "day", "events": "numEvents",
         "minutes": "numMinutes"},
        "accountId,visitorId,featureId,day,numEvents,numMinutes\nA1,u1,f-share,1788220800000,4,3\n"
        "A2,u2,f-export,1788307200000,1,1\n",
    ),
    "SurveyMonkey response export": (
        "surveys",
        {"score": "How likely is it that you would recommend us?", "answered_on": "End Date",
         "account_ref": "Custom Data 1"},
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
        "How likely is it that you would recommend us?,What should be better?\n"
        "1,5,09/21/2026 10:00:00 AM,09/21/2026 10:02:00 AM,10.0.0.1,jo@nordwind.example,Jo,Doe,A1,9,Reports\n"
        "2,5,09/22/2026 10:00:00 AM,09/22/2026 10:02:00 AM,10.0.0.2,al@helio.example,Al,Roe,A2,4,Speed\n",
    ),
}  # fmt: skip
