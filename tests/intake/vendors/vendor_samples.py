"""A few invented rows of what vendors export: (table, field -> column that has to fill it, text)."""

from __future__ import annotations

SAMPLES: dict[str, tuple[str, dict[str, str], str]] = {
    "Zendesk ticket export": (
        "tickets",
        {
            "account_ref": "Organization",
            "resolution_minutes": "Full resolution time in minutes",
            "type": "Ticket type",
            "first_reply_minutes": "First reply time in minutes",
            "requester_email": "Requester email",
        },
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
        {
            "account_ref": "Company Name",
            "created_at": "Created time",
            "first_reply_at": "Initial response time",
            "resolution_minutes": "Resolution time (in hrs)",
            "solved_at": "Resolved time",
        },
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
        {
            "account_ref": "AccountId",
            "account_name": "Account.Name",
            "requester_email": "Contact.Email",
            "ticket_id": "CaseNumber",
            "channel": "Origin",
        },
        "Id,CaseNumber,AccountId,Account.Name,Contact.Email,Subject,Description,Status,Priority,Origin,Type,CreatedDate,"
        "ClosedDate,IsClosed,OwnerId\n"
        "5005g1,00001001,0015g01,Nordwind,jo@nordwind.example,How to?,Help,Closed,Low,Web,Question,"
        "2026-09-01T10:00:00.000+0000,2026-09-02T10:00:00.000+0000,true,0055g\n"
        "5005g2,00001002,0015g02,Helio,al@helio.example,Broken,Help,New,High,Email,Problem,"
        "2026-09-15T10:00:00.000+0000,,false,0055g\n",
    ),
    "Salesforce account report": (
        "accounts",
        {"account_id": "Account ID", "csm": "Account Owner", "country": "Billing Country", "channel": "Account Source"},
        "Account ID,Account Name,Account Owner,Industry,Billing Country,Website,Account Source,Created Date,"
        "Annual Revenue\n"
        "0015g01,Nordwind,Ana Ruiz,Logistics,Germany,nordwind.example,Web,01/03/2025,25000000\n"
        "0015g02,Helio,Bo Lind,Energy,France,helio.example,Partner,24/02/2024,9000000\n",
    ),
    "Salesforce contract report": (
        "subscriptions",
        {
            "subscription_id": "Contract Number",
            "end_date": "Contract End Date",
            "term_months": "Contract Term (months)",
        },
        "Contract Number,Account ID,Account Name,Contract Start Date,Contract End Date,Contract Term (months),Status\n"
        "00000100,0015g01,Nordwind,2025-03-01,2026-03-01,12,Activated\n"
        "00000101,0015g02,Helio,2024-02-24,2026-02-24,24,Activated\n",
    ),
    "Chargebee subscription export": (
        "subscriptions",
        {
            "account_ref": "customers.id",
            "start_date": "subscriptions.started_at",
            "end_date": "subscriptions.cancelled_at",
        },
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
        {
            "account_ref": "Custom field (Organizations)",
            "type": "Custom field (Request Type)",
            "subject": "Summary",
            "first_reply_at": "Custom field ([CHART] Date of First Response)",
            "solved_at": "Resolved",
        },
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
        {
            "account_ref": "accountId",
            "user_id": "visitorId",
            "used_on": "day",
            "events": "numEvents",
            "minutes": "numMinutes",
        },
        "accountId,visitorId,featureId,day,numEvents,numMinutes\nA1,u1,f-share,1788220800000,4,3\n"
        "A2,u2,f-export,1788307200000,1,1\n",
    ),
    "SurveyMonkey response export": (
        "surveys",
        {
            "score": "How likely is it that you would recommend us?",
            "answered_on": "End Date",
            "account_ref": "Custom Data 1",
        },
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
        "How likely is it that you would recommend us?,What should be better?\n"
        "1,5,09/21/2026 10:00:00 AM,09/21/2026 10:02:00 AM,10.0.0.1,jo@nordwind.example,Jo,Doe,A1,9,Reports\n"
        "2,5,09/22/2026 10:00:00 AM,09/22/2026 10:02:00 AM,10.0.0.2,al@helio.example,Al,Roe,A2,4,Speed\n",
    ),
    "ChartMogul export of MRR movements": (
        "subscriptions",
        {"account_ref": "CUSTOMER_UUID", "amount": "MRR_MOVEMENT", "start_date": "DATE", "plan": "PLAN_EXTERNAL_ID"},
        "DATE,CUSTOMER_NAME,MRR_MOVEMENT,MRR,DESCRIPTION,MOVEMENT_TYPE,CURRENCY_CODE,BILLING_CONNECTOR_UUID,"
        "CUSTOMER_EXTERNAL_ID,CUSTOMER_UUID,SUBSCRIPTION_EXTERNAL_ID,PLAN_EXTERNAL_ID,ACTIVE_SUBSCRIPTION_QUANTITY,UUID,"
        "RANK\n"
        "2025-01-10 10:00:00,Acorn,10000,10000,bought,new_biz,USD,b1,e1,cus_1,s1,pro,1,u1,1\n"
        "2025-03-05 10:00:00,Acorn,5000,15000,more,expansion,USD,b1,e1,cus_1,s1,pro,1,u2,1\n",
    ),
    "ChartMogul list of activities from the API": (
        "subscriptions",
        {"account_ref": "customer-uuid", "amount": "activity-mrr-movement"},
        "uuid,date,type,description,activity-mrr,activity-mrr-movement,activity-arr,currency,customer-uuid,customer-name\n"
        "u1,2025-01-10T10:00:00Z,new_biz,bought,10000,10000,120000,USD,cus_1,Acorn\n"
        "u2,2025-03-05T10:00:00Z,contraction,less,4000,-6000,48000,USD,cus_1,Acorn\n",
    ),
    "Baremetrics subscription list": (
        "subscriptions",
        {"account_ref": "customer_oid", "amount": "plan_amount", "end_date": "subscription_canceled_at"},
        "plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,customer_name,"
        "customer_email,subscription_oid,subscription_started_at,subscription_canceled_at,subscription_quantity\n"
        "p1,Solo,USD,5000,month,1,c1,Acorn,a@acorn.example,s1,2025-03-31,2026-05-04,1\n"
        "p2,Team,USD,90000,month,3,c2,Birch,b@birch.example,s2,2025-03-31,,2\n",
    ),
    "Maxio list of MRR movements": (
        "subscriptions",
        {"start_date": "timestamp", "amount": "amount_in_cents"},
        "timestamp,amount_in_cents,amount_formatted,description,category,subscription_id,subscriber_name\n"
        "2025-01-15T14:11:42-05:00,31500,$315.00,signed,new_business,71,Acorn\n"
        "2025-04-15T14:11:42-05:00,-1500,$-15.00,less,contraction,71,Acorn\n",
    ),
    "Maxio customer export": (
        "accounts",
        {"account_id": "id", "account": "organization", "external_id": "reference"},
        "id,first_name,last_name,organization,email,created_at,reference,address,country\n"
        "1,Al,A,Acorn,a@acorn.example,2016-06-03 12:43:50 -0400,R1,1 Main St,US\n"
        "2,Bo,B,Birch,b@birch.example,2016-07-03 12:43:50 -0400,R2,2 Main St,US\n",
    ),
    "ProfitWell customer list": (
        "accounts",
        {"account_id": "customer_id", "mrr": "mrr", "signup_date": "activated_on", "churn_date": "churned_on"},
        "customer_id,email,mrr,total_spend,status,plans,created_on,activated_on,churned_on\n"
        "cus_1,a@acorn.example,50,600,active,Solo,2025-01-01,2025-01-10,\n"
        "cus_2,b@birch.example,0,300,churned_voluntary,Team,2025-01-01,2025-02-10,2025-08-10\n",
    ),
    "Recurly subscription history export": (
        "subscriptions",
        {"account_ref": "account_code", "amount": "version_total_recurring_amount", "end_date": "version_ended_at"},
        "subscription_uuid,version_uuid,account_code,subscription_activated_at,subscription_expires_at,subscription_state,"
        "version_started_at,version_ended_at,version_state,plan_code,plan_name,subscription_currency,"
        "version_plan_interval_unit,version_plan_interval_length,version_subscription_quantity,"
        "version_total_recurring_amount,version_in_trial,version_auto_renew\n"
        "s1,v1,acc1,2025-03-24 17:18:46 PDT,,active,2025-03-24 17:18:46 PDT,2025-09-24 17:18:46 PDT,inactive,pro,Pro,"
        "USD,months,1,1,120,N,Y\n"
        "s1,v2,acc1,2025-03-24 17:18:46 PDT,,active,2025-09-24 17:18:46 PDT,,active,pro,Pro,USD,months,3,1,450,N,Y\n",
    ),
    "Paddle subscription table": (
        "subscriptions",
        {"account_ref": "customer_id", "start_date": "started_at", "renewal_date": "next_billed_at"},
        "id,status,customer_id,address_id,currency_code,collection_mode,billing_cycle_interval,billing_cycle_frequency,"
        "current_period_starts_at,next_billed_at,started_at,first_billed_at,canceled_at\n"
        "sub_1,active,ctm_1,add_1,USD,automatic,month,1,2026-10-01T00:00:00Z,2026-12-01T00:00:00Z,2025-01-01T00:00:00Z,"
        "2025-01-01T00:00:00Z,\n"
        "sub_2,canceled,ctm_2,add_2,USD,automatic,year,1,2026-10-01T00:00:00Z,,2025-02-01T00:00:00Z,2025-02-01T00:00:00Z,"
        "2026-02-01T00:00:00Z\n",
    ),
}
