using System.Text.Json;
using System.Text.Json.Serialization;
using Todo.Contracts.Account;
using Todo.Contracts.Audit;
using Todo.Contracts.Bulk;
using Todo.Contracts.Commands;
using Todo.Contracts.Lists;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;
using Todo.Contracts.QuickAdd;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Contracts.Users;

namespace Todo.Contracts;

/// <summary>How everything in this assembly is written as JSON: camelCase, enums as words, nulls left out. Generated, so it survives trimming.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TaskCreated))]
[JsonSerializable(typeof(TaskUpdated))]
[JsonSerializable(typeof(TaskCompleted))]
[JsonSerializable(typeof(TaskReopened))]
[JsonSerializable(typeof(TaskArchived))]
[JsonSerializable(typeof(TaskDeleted))]
[JsonSerializable(typeof(TaskRestored))]
[JsonSerializable(typeof(OccurrenceSkipped))]
[JsonSerializable(typeof(CreateOccurrence))]
[JsonSerializable(typeof(WithdrawOccurrence))]
[JsonSerializable(typeof(CreateTaskCommand))]
[JsonSerializable(typeof(UpdateTaskCommand))]
[JsonSerializable(typeof(CompleteTaskCommand))]
[JsonSerializable(typeof(ReopenTaskCommand))]
[JsonSerializable(typeof(DeleteTaskCommand))]
[JsonSerializable(typeof(SkipOccurrenceCommand))]
[JsonSerializable(typeof(SnoozeReminderCommand))]
[JsonSerializable(typeof(CommandAccepted))]
[JsonSerializable(typeof(CommandRefused))]
[JsonSerializable(typeof(CommandProblem))]
[JsonSerializable(typeof(ReminderDue))]
[JsonSerializable(typeof(ReminderSnoozed))]
[JsonSerializable(typeof(NotificationDelivered))]
[JsonSerializable(typeof(NotificationDismissed))]
[JsonSerializable(typeof(TaskChanged))]
[JsonSerializable(typeof(ChangesPage))]
[JsonSerializable(typeof(PreferencesChanged))]
[JsonSerializable(typeof(UserDeleted))]
[JsonSerializable(typeof(EmailUnsubscribed))]
[JsonSerializable(typeof(TestNotificationRequested))]
[JsonSerializable(typeof(RepublishTask))]
[JsonSerializable(typeof(QuickAddResult))]
[JsonSerializable(typeof(CreateTaskRequest))]
[JsonSerializable(typeof(UpdateTaskRequest))]
[JsonSerializable(typeof(SnoozeRequest))]
[JsonSerializable(typeof(IReadOnlyList<SnoozeMoment>))]
[JsonSerializable(typeof(ListsChanged))]
[JsonSerializable(typeof(ProjectList))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(SectionRequest))]
[JsonSerializable(typeof(LabelList))]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(FilterList))]
[JsonSerializable(typeof(FilterRequest))]
[JsonSerializable(typeof(ListViews))]
[JsonSerializable(typeof(CountsView))]
[JsonSerializable(typeof(CalendarView))]
[JsonSerializable(typeof(QuickAddRequest))]
[JsonSerializable(typeof(QuickAddAnswer))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(UndoAnswer))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(IReadOnlyList<TokenView>))]
[JsonSerializable(typeof(IReadOnlyList<SessionView>))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(TaskPage))]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(ConfirmAddressRequest))]
[JsonSerializable(typeof(ForgotPasswordRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(Preferences))]
[JsonSerializable(typeof(WebhookSecret))]
[JsonSerializable(typeof(IReadOnlyList<TaskView>))]
[JsonSerializable(typeof(IReadOnlyList<Reminder>))]
[JsonSerializable(typeof(IReadOnlyList<NotificationView>))]
public sealed partial class ContractsJson : JsonSerializerContext;
