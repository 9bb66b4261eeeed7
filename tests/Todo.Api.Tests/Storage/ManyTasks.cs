using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Todo.Api.Storage;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Storage;

/// <summary>Ana has 100,000 tasks and as many of everything else as she may; thirty others have a few thousand each.</summary>
public sealed class ManyTasks : ApiFixture
{
    internal Person Ana { get; private set; } = null!;

    /// <summary>A script of Ana's, whose answers are not held against the reference: 100,000 tasks at once would take it a minute.</summary>
    internal HttpClient Script { get; private set; } = null!;

    /// <summary>One of Ana's projects, with some 1,600 open tasks.</summary>
    internal Guid ProjectId { get; private set; }

    /// <summary>A task of Ana's with 149 parts.</summary>
    internal Guid ParentId { get; private set; }

    internal PlanWatch Plans => Api.Services.GetRequiredService<PlanWatch>();

    /// <summary>The tables that nobody may read from end to end.</summary>
    internal IReadOnlySet<string> Large { get; private set; } = new HashSet<string>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Ana = await SomebodyAsync();
        var token = await Person.ReadAsync<TokenView>(await Ana.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("export", ["account"])), HttpStatusCode.Created);
        Script = Api.CreateClient();
        Script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        Large = await InStorageAsync(async db =>
        {
            db.Database.SetCommandTimeout(300);
            await db.Database.ExecuteSqlRawAsync(Fill, new NpgsqlParameter("ana", Ana.Id));
            ProjectId = await db.Projects.Where(p => p.OwnerId == Ana.Id && p.Name == "Project 4").Select(p => p.ProjectId).SingleAsync();
            ParentId = await db.Tasks.Where(t => t.OwnerId == Ana.Id && t.Title.StartsWith("Task 1 ")).Select(t => t.TaskId).SingleAsync();
            return (await db.Database.SqlQueryRaw<string>("SELECT relname::text AS \"Value\" FROM pg_class WHERE relkind = 'r' AND reltuples > 3000").ToListAsync()).ToHashSet();
        });
    }

    protected override string Connect(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Options = PlanWatch.Options }.ConnectionString;

    protected override void Watch(IServiceCollection services) => services.AddSingleton<PlanWatch>()
        .ConfigureDbContext<TodoDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<PlanWatch>()));

    /// <summary>Braces are doubled for EF.</summary>
    private const string Fill =
        """
        CREATE TEMP TABLE people AS
            SELECT @ana AS owner_id, 0 AS o, 100000 AS tasks, 500 AS lists
            UNION ALL SELECT md5('owner' || o)::uuid, o, 1500, 300 FROM generate_series(1, 30) AS o;

        INSERT INTO tasks.projects (project_id, owner_id, name, favourite, sort_order)
            SELECT md5(o || 'project' || i)::uuid, owner_id, 'Project ' || i, false, lpad(i::text, 6, '0') FROM people, generate_series(1, lists) AS i;
        INSERT INTO tasks.sections (section_id, project_id, owner_id, name, sort_order)
            SELECT md5(o || 'section' || i)::uuid, md5(o || 'project' || i % 40)::uuid, owner_id, 'Section ' || i, lpad(i::text, 6, '0') FROM people, generate_series(1, lists) AS i;
        INSERT INTO tasks.filters (filter_id, owner_id, name, query, favourite, sort_order)
            SELECT md5(o || 'filter' || i)::uuid, owner_id, 'Filter ' || i, 'today', false, lpad(i::text, 6, '0') FROM people, generate_series(1, lists) AS i;
        INSERT INTO tasks.labels (owner_id, name, favourite) SELECT owner_id, 'label' || i, false FROM people, generate_series(1, lists) AS i;

        INSERT INTO tasks.tasks (task_id, owner_id, title, notes, state, priority, project_id, section_id, parent_id, labels, label_keys, due_date, due_time, deadline, reminders, recurrence,
            series_id, occurrence, zone, sort_order, created_at, updated_at, completed_at, deleted_at, version, is_dated_by_hand, skipped_all_missed)
        SELECT md5(o || 'task' || i)::uuid, owner_id,
            'Task ' || i || ' about word' || i % 700 || CASE WHEN i % 500 = 5 THEN ' dentist' ELSE '' END,
            CASE WHEN i % 4 = 0 THEN 'Something to remember: paper' || i % 90 END,
            CASE WHEN i % 10 < 7 THEN 'open' WHEN i % 10 < 9 THEN 'completed' ELSE 'archived' END,
            1 + (i / 7) % 4,
            CASE WHEN i % 3 > 0 THEN md5(o || 'project' || i % 40)::uuid END,
            CASE WHEN i % 3 > 0 AND i % 4 = 0 THEN md5(o || 'section' || i % 40)::uuid END,
            CASE WHEN i BETWEEN 2 AND 150 THEN md5(o || 'task' || 1)::uuid WHEN i % 20 = 13 THEN md5(o || 'task' || i - 3)::uuid END,
            label, label,
            CASE WHEN i % 5 = 0 THEN current_date - 300 + (i / 5) % 1300 END, CASE WHEN i % 10 = 0 THEN time '09:00' + (i % 600) * interval '1 minute' END,
            CASE WHEN i % 1000 = 6 THEN current_date + i % 90 END, '[]', CASE WHEN i % 1000 = 0 THEN '{{"rule":"FREQ=WEEKLY","mode":"skip-missed"}}'::jsonb END,
            CASE WHEN i % 1000 = 0 THEN md5(o || 'series' || i)::uuid END, CASE WHEN i % 1000 = 0 THEN 1 END, 'UTC', lpad(to_hex(i::bigint * 7919 % 1000003), 8, '0'),
            now() - (i::bigint * 104729 % 1000003) * interval '1 minute', now() - (i::bigint * 7919 % 1000003) * interval '1 second',
            CASE WHEN i % 10 IN (7, 8) THEN now() - (i::bigint * 7919 % 1000003) * interval '1 second' END,
            CASE WHEN i % 97 = 0 THEN now() - (i::bigint * 104729 % 1000003) * interval '2 second' END, 1, false, false
        FROM people, generate_series(1, tasks) AS i,
            LATERAL (SELECT CASE WHEN i % 100 = 1 THEN '{{home}}'::text[] WHEN i % 1000 = 3 THEN '{{errand}}' WHEN i % 6 = 4 THEN '{{work}}' ELSE '{{}}' END AS label) AS l
        ORDER BY md5(i || ' ' || o);

        INSERT INTO tasks.changes (owner_id, sequence, task_id, occurred_at) SELECT owner_id, i, md5(o || 'task' || i)::uuid, now() FROM people, generate_series(1, tasks) AS i;
        INSERT INTO tasks.owners (owner_id, sequence, forgotten_up_to) SELECT owner_id, tasks, 0 FROM people ON CONFLICT (owner_id) DO UPDATE SET sequence = excluded.sequence;
        INSERT INTO tasks.notifications (notification_id, user_id, kind, title, expected_at, delivered_at, late, dismissed_at)
            SELECT md5(o || 'notification' || i)::uuid, owner_id, 'reminder', 'Task ' || i, now(), now() - i * interval '1 minute', false, CASE WHEN i % 4 > 0 THEN now() END
            FROM people, generate_series(1, tasks / 4) AS i;
        INSERT INTO tasks.sessions (session_id, user_id, browser, signed_in_at, seen_at)
            SELECT md5(o || 'session' || i)::uuid, owner_id, 'Firefox', now(), now() - i * interval '1 hour' FROM people, generate_series(1, 150) AS i;
        INSERT INTO tasks.access_tokens (token_id, user_id, name, scopes, secret_hash, created_at, expires_at)
            SELECT md5(o || 'token' || i)::uuid, owner_id, 'Script', '{{tasks:read}}', '\x00', now(), now() + interval '1 day' FROM people, generate_series(1, CASE o WHEN 0 THEN 48 ELSE 150 END) AS i;
        INSERT INTO ops.audit (message_id, type, task_id, owner_id, occurred_at, recorded_at, payload)
            SELECT gen_random_uuid(), 'todo.task.created.v1', md5(o || 'task' || i)::uuid, owner_id, now(), now(), '{{}}' FROM people, generate_series(1, 50) AS i;
        DROP TABLE people;
        ANALYZE;
        """;
}
