using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Todo.Api.Storage;

namespace Todo.Api.Identity;

/// <summary>Who may come in, and how they are known afterwards.</summary>
internal static class IdentitySetup
{
    public const string Operator = "operator";

    /// <summary>A browser by its cookie, a script by its token.</summary>
    private const string Either = "cookie-or-token";

    public static WebApplicationBuilder AddTodoIdentity(this WebApplicationBuilder builder)
    {
        AccountSettings.Check(builder.Configuration);
        var secure = builder.Configuration["App:PublicUrl"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
        builder.Services.AddHttpContextAccessor().AddScoped<CurrentUser>();
        builder.Services.AddIdentityCore<TodoUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = ""; // the user name is the address, and that is checked as such
                options.Password.RequiredLength = 8; // length is what protects; composition rules only annoy
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                options.Tokens.PasswordResetTokenProvider = ResetTokens.Provider;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddSignInManager()
            .AddTokenProvider<DataProtectorTokenProvider<TodoUser>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<ResetTokens>(ResetTokens.Provider)
            .AddEntityFrameworkStores<TodoDbContext>();
        builder.Services.AddScoped<Sessions>();
        builder.Services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(5);
            options.OnRefreshingPrincipal = Sessions.KeepClaimAsync;
        });

        builder.Services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = http =>
                TokenScheme.Speaks(http) ? TokenScheme.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(options =>
        {
            options.Cookie.Name = secure ? "__Host-todobus" : "todobus";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.Events.OnValidatePrincipal = Sessions.ValidateAsync;
            options.Events.OnRedirectToLogin = context => Answer(context.HttpContext, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context.HttpContext, StatusCodes.Status403Forbidden);
        }));
        builder.Services.AddSingleton<IAuthorizationHandler, ScopeRequirement>();
        builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()).Build())
            .AddPolicy(Operator, policy => policy.RequireRole(Operator));
        return builder;
    }

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
