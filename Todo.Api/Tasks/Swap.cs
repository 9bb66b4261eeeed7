using System.Linq.Expressions;

namespace Todo.Api.Tasks;

/// <summary>Puts one expression where a parameter was.</summary>
internal sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}
