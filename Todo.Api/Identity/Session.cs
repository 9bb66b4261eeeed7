using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Api.Identity;

/// <summary>A browser that is signed in. Its cookie is worth nothing without this row.</summary>
internal sealed class Session
{
    public required Guid SessionId { get; init; }
    public required Guid UserId { get; init; }
    public required string Browser { get; init; }
    public required DateTimeOffset SignedInAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
}

internal sealed class SessionMap : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.HasKey(s => s.SessionId);
        session.Property(s => s.SessionId).ValueGeneratedNever();
        session.Property(s => s.Browser).HasMaxLength(200);
        session.HasIndex(s => new { s.UserId, s.SeenAt }).HasDatabaseName("ix_sessions_user");
        session.HasIndex(s => s.SeenAt).HasDatabaseName("ix_sessions_age");
    }
}
