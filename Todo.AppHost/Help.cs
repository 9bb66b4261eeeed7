namespace Todo.AppHost;

internal static class Help
{
    private const string Text =
        """
        ./todo up      build and start everything on this machine, until Ctrl-C
          --port N                   where the app is served (8080); each port has data of its own under .todo/
          --kafka HOST:PORT          use this Kafka instead of the embedded one
          --postgres "CONNECTION"    use this PostgreSQL database instead of a cluster of its own
          --fresh                    begin with an empty database and an empty mail folder
          --demo                     make a user with sample tasks; its password is printed
          --client FOLDER            serve the client published there (dotnet publish Todo.Web -o FOLDER), as it is deployed
          --confirm-addresses        an account takes effect once a mailed link was followed; mails are files, see where "Mail" is
          --no-build                 start what was built before

        ./todo test    check the format, build, run every test; ends with the count
          NAME…                      only the test projects whose name contains NAME

        ./todo screens [NAME…]       take the pictures of docs/screens anew, or those whose name contains NAME
        ./todo bench NAME [--json]   run a benchmark; without a name, list them
        ./todo audit [--port N]      compare tasks, sagas and timers of a running system; exit code 1 if anything was missed
        ./todo dead-letters …        list, show, replay and discard messages that could not be handled
        ./todo outbox …              list, send again and discard messages that Kafka refuses

        ./todo events tail [--topic NAME] [--task ID]   show what goes by on the topics, until Ctrl-C
        ./todo events publish FILE   send a command, signed with the token in TODO_TOKEN, and wait for its result

        ./todo help                  this page
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 0;
    }
}
