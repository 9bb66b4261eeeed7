namespace Todo.EndToEnd.Tests.Journeys;

public sealed class FirstVisitTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task From_the_first_visit_to_the_first_task()
    {
        var page = await ArriveAsync();
        await page.GotoAsync("/");
        await page.ByTest("go-sign-up").ClickAsync();
        await page.ByTest("email").FillAsync($"{Guid.NewGuid():N}@example.org");
        await page.ByTest("password").FillAsync(Person.Password);
        await page.ByTest("sign-up").ClickAsync();

        // The first page says what it is for, and offers the one thing to do.
        await page.GetByText("Nothing due today").SeesAsync();
        await page.ByTest("add-here").ClickAsync();
        await page.ByTest("quick-add-title").FillAsync("Plant a tree tomorrow 9:00 p1 @garden");
        await page.ByTest("token").Filter(new() { HasText = "Tomorrow" }).SeesAsync();
        await page.ByTest("quick-add-title").PressAsync("Enter");
        await page.ByTest("go-inbox").ClickAsync();
        await page.Row("Plant a tree").GetByTestId("due").SaysAsync("Tomorrow");

        await page.ReloadAsync();

        await page.Row("Plant a tree").SeesAsync();
        (await page.Title("Plant a tree").InnerTextAsync()).Should().Be("Plant a tree");
        await page.Row("Plant a tree").GetByText("@garden").SeesAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_typed_words_stay()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await ArriveAsync();
        await page.GotoAsync("/settings");
        await page.ByTest("email").FillAsync(person.Email);
        await page.ByTest("password").FillAsync("something else entirely");
        await page.ByTest("sign-in").ClickAsync();
        await page.ByTest("sign-in-problem").SeesAsync();
        (await page.ByTest("email").InputValueAsync()).Should().Be(person.Email);

        await page.ByTest("password").FillAsync(Person.Password);
        await page.ByTest("sign-in").ClickAsync();

        await page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Settings", Level = 1 }).SeesAsync();
        await page.ByTest("account-email").SaysAsync(person.Email);
    }
}
