using Todo.Contracts.Tasks;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskCutsTests : PageTest
{
    private readonly List<TaskView> _tasks = [.. Enumerable.Range(0, 95).Select(n => ATask.Called($"{n}", $"U{n:D5}"))];
    private readonly TaskCuts _cuts = new(20);

    public TaskCutsTests() => Follow(_tasks);

    [Fact]
    public void A_list_is_cut_evenly_at_first() => Cuts().Should().Equal(0, 20, 40, 60, 80, 95);

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void A_row_that_goes_makes_its_own_chunk_shorter(int row)
    {
        Follow([.. _tasks.Where((_, n) => n != row)]);

        Cuts().Should().Equal(0, 19, 39, 59, 79, 94);
    }

    [Fact]
    public void The_first_row_of_a_chunk_may_go()
    {
        Follow([.. _tasks.Where((_, n) => n != 20)]);

        Cuts().Should().Equal(0, 20, 39, 59, 79, 94);
    }

    [Fact]
    public void Several_rows_that_go_make_each_its_own_chunk_shorter()
    {
        Follow([.. _tasks.Where((_, n) => n is not (5 or 6 or 50))]);

        Cuts().Should().Equal(0, 18, 38, 57, 77, 92);
    }

    [Fact]
    public void A_row_that_comes_makes_its_own_chunk_longer()
    {
        Follow([.. _tasks[..30], ATask.Called("new"), .. _tasks[30..]]);

        Cuts().Should().Equal(0, 20, 41, 61, 81, 96);
    }

    [Fact]
    public void A_row_that_moves_shifts_only_what_lies_between()
    {
        Follow([.. _tasks[..25], .. _tasks[26..45], _tasks[25], .. _tasks[45..]]);

        Cuts().Should().Equal(0, 20, 40, 60, 80, 95);
    }

    [Fact]
    public void A_chunk_that_grows_beyond_twice_its_length_has_the_list_cut_anew()
    {
        _tasks.InsertRange(0, Enumerable.Range(0, 15).Select(n => ATask.Called($"new {n}")));
        Follow(_tasks);
        Cuts().Should().Equal(0, 35, 55, 75, 95, 110);

        _tasks.InsertRange(0, Enumerable.Range(0, 15).Select(n => ATask.Called($"newer {n}")));
        Follow(_tasks);
        Cuts().Should().Equal(0, 20, 40, 60, 80, 100, 120, 125);
    }

    [Fact]
    public void A_chunk_that_becomes_empty_has_the_list_cut_anew()
    {
        Follow(_tasks[20..]);

        Cuts().Should().Equal(0, 20, 40, 60, 75);
    }

    [Fact]
    public void A_list_may_become_empty_and_come_back()
    {
        Follow([]);
        Cuts().Should().Equal(0);

        Follow(_tasks[..10]);
        Cuts().Should().Equal(0, 10);
    }

    // Whatever happens, the chunks hold every row once and in order.
    [Fact]
    public void Any_change_leaves_every_row_in_one_chunk()
    {
        var random = new Random(7);
        for (var change = 0; change < 300; change++)
        {
            var (from, count) = (random.Next(_tasks.Count + 1), random.Next(6));
            if (random.Next(2) == 0)
                _tasks.RemoveRange(from, Math.Min(count, _tasks.Count - from));
            else
                _tasks.InsertRange(from, Enumerable.Range(0, count).Select(n => ATask.Called($"{change}.{n}")));
            if (_tasks.Count > 10 && random.Next(3) == 0)
                (_tasks[from % 10], _tasks[^1]) = (_tasks[^1], _tasks[from % 10]);
            Follow(_tasks);

            var cuts = Cuts();
            cuts.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            (cuts[0], cuts[^1]).Should().Be((0, _tasks.Count));
            cuts.Zip(cuts.Skip(1), (a, b) => b - a).Should().OnlyContain(rows => rows <= 40);
        }
    }

    private void Follow(List<TaskView> tasks) => _cuts.Follow(TaskTree.Of([.. tasks], Board, Get<Folds>()));

    private List<int> Cuts() => [0, .. Enumerable.Range(0, _cuts.Count).Select(chunk => _cuts[chunk].To)];
}
