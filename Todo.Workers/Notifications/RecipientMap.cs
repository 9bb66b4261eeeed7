using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

internal sealed class RecipientMap : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> entity)
    {
        entity.ToTable("recipients", "notify");
        entity.HasKey(recipient => recipient.UserId);
        entity.Property(recipient => recipient.UserId).ValueGeneratedNever();
        entity.Property(recipient => recipient.Email).HasMaxLength(320);
        entity.Property(recipient => recipient.Preferences).HasJson();
    }
}
