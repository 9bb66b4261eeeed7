using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Todo.AppHost.Dapr;

/// <summary>The gRPC methods we answer, bound by hand: Dapr's package generates clients only.</summary>
/// <remarks>A method that is not listed answers Unimplemented.</remarks>
internal static class SidecarMethods
{
    private const string Service = "dapr.proto.runtime.v1.Dapr";

    // grpc-dotnet calls this by reflection, once with no instance to learn the methods and their handlers' names.
    public static void BindService(ServiceBinderBase binder, SidecarService service)
    {
        Add<GetSecretRequest, GetSecretResponse>(binder, nameof(service.GetSecret), service is null ? null : service.GetSecret);
        Add<GetBulkSecretRequest, GetBulkSecretResponse>(binder, nameof(service.GetBulkSecret), service is null ? null : service.GetBulkSecret);
        Add<GetStateRequest, GetStateResponse>(binder, nameof(service.GetState), service is null ? null : service.GetState);
        Add<GetBulkStateRequest, GetBulkStateResponse>(binder, nameof(service.GetBulkState), service is null ? null : service.GetBulkState);
        Add<SaveStateRequest, Empty>(binder, nameof(service.SaveState), service is null ? null : service.SaveState);
        Add<DeleteStateRequest, Empty>(binder, nameof(service.DeleteState), service is null ? null : service.DeleteState);
        Add<DeleteBulkStateRequest, Empty>(binder, nameof(service.DeleteBulkState), service is null ? null : service.DeleteBulkState);
        Add<ExecuteStateTransactionRequest, Empty>(binder, nameof(service.ExecuteStateTransaction), service is null ? null : service.ExecuteStateTransaction);
        Add<GetMetadataRequest, GetMetadataResponse>(binder, nameof(service.GetMetadata), service is null ? null : service.GetMetadata);
    }

    private static void Add<TRequest, TResponse>(ServiceBinderBase binder, string name, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        binder.AddMethod(new Method<TRequest, TResponse>(MethodType.Unary, Service, name, Marshaller<TRequest>(), Marshaller<TResponse>()), handler!);

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
    }
}
