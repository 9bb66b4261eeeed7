namespace Todo.Api.Edge;

/// <summary>One body for each operation that takes one, as a person would send it. The tests send each of them and want it taken.</summary>
internal static class Examples
{
    public static readonly IReadOnlyDictionary<string, string> Bodies = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SignUp"] = """{"email":"ana@example.org","password":"correct horse battery","zone":"Europe/Paris"}""",
        ["ConfirmAddress"] = """{"token":"what follows # in the link","password":"correct horse battery"}""",
        ["ForgotPassword"] = """{"email":"ana@example.org"}""",
        ["ResetPassword"] = """{"token":"what follows # in the link","password":"correct horse battery","revokeTokens":false}""",
        ["SignIn"] = """{"email":"ana@example.org","password":"correct horse battery","remember":true}""",
        ["ChangePassword"] = """{"current":"correct horse battery","next":"a longer one than before"}""",
        ["DeleteAccount"] = """{"password":"a longer one than before"}""",
        ["CreateTokens"] = """{"name":"backup script","scopes":["tasks:read"],"days":90}""",
        ["CreateTask"] =
            """
            {"title":"Pay the rent","notes":"Account **12-34**","priority":1,"labels":["money"],"due":{"date":"2026-12-01","time":"09:00:00"},
             "reminders":[{"minutesBefore":30}],"recurrence":{"rule":"FREQ=MONTHLY"}}
            """,
        ["QuickAddTask"] = """{"text":"Pay rent @money p1 every month starting 1 dec !1d","dryRun":false}""",
        ["UpdateTask"] = """{"title":"Pay the rent early","due":{"date":"2026-11-30"},"labels":null}""",
        ["SnoozeReminder"] = """{"choice":"tomorrow-morning"}""",
        ["RunBulk"] =
            """
            {"commands":[{"verb":"create","taskId":"0a8e2f52-7c1e-4b7e-8f0e-3f5b0e1d2c3b","task":{"title":"Buy stamps"}},
                         {"verb":"complete","taskId":"0a8e2f52-7c1e-4b7e-8f0e-3f5b0e1d2c3b"}]}
            """,
        ["CreateProjects"] = """{"name":"Home","colour":"teal","favourite":true}""",
        ["UpdateProjects"] = """{"name":"House","archived":false}""",
        ["CreateSections"] = """{"name":"Garden"}""",
        ["UpdateSections"] = """{"name":"Balcony"}""",
        ["UpdateLabels"] = """{"colour":"green","favourite":true}""",
        ["CreateFilters"] = """{"name":"Urgent today","query":"(today | overdue) & p1"}""",
        ["UpdateFilters"] = """{"query":"today & !@waiting"}""",
        ["UpdateViews"] = """{"items":[{"place":"inbox","group":"priority","sort":"date"},{"place":"labels/money","completed":true},{"place":"today"}]}""",
        ["PutPreferences"] = """{"zone":"Europe/Paris","locale":"fr-FR","allDayTime":"09:00:00","channels":["email"],"theme":"system","density":"comfortable"}""",
    };
}
