package footbridge.portable.provider;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.Hashtable;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/// Connects with the classes of a provider. Safe for use by any thread; [#connect] blocks.
public final class Driver {

    private final Provider provider;
    private final ClassLoader classes;
    private final Optional<ConnectionFactory> ofClass;

    /// Loads what can be loaded without a network.
    ///
    /// @throws InvalidProvider if the class or a property of it does not exist
    public Driver(Provider provider) {
        this.provider = provider;
        this.classes = ProviderClasses.of(provider.library());
        this.ofClass =
                switch (provider.factory()) {
                    case Provider.Factory.OfClass factory ->
                            Optional.of(
                                    within(() ->
                                            FactoryBean.make(
                                                    classes,
                                                    factory.className(),
                                                    provider.properties())));
                    case Provider.Factory.InJndi _ -> Optional.empty();
                };
    }

    /// A connection that is not started yet.
    public Connection connect(Optional<String> user, Optional<String> password)
            throws JMSException {
        return within(() -> {
            ConnectionFactory factory = factory();
            return user.isPresent()
                    ? factory.createConnection(user.get(), password.orElse(null))
                    : factory.createConnection();
        });
    }

    private ConnectionFactory factory() throws JMSException {
        return switch (provider.factory()) {
            case Provider.Factory.OfClass _ -> ofClass.orElseThrow();
            case Provider.Factory.InJndi jndi -> lookUp(jndi.name());
        };
    }

    /// Name and environment are the operator's; nothing of a client's gets here.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // JNDI wants a Hashtable
    private ConnectionFactory lookUp(String name) throws JMSException {
        var environment = new Hashtable<String, Object>(provider.properties());
        try {
            Context context = new InitialContext(environment);
            try {
                return (ConnectionFactory) context.lookup(name);
            } finally {
                context.close();
            }
        } catch (NamingException | ClassCastException e) {
            var failure = new JMSException("JNDI has no connection factory '" + name + "'");
            failure.initCause(e);
            throw failure;
        }
    }

    /// Providers and JNDI find further classes by the thread's class loader.
    private <T, E extends Exception> T within(Call<T, E> call) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return call.now();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private interface Call<T, E extends Exception> {
        T now() throws E;
    }
}
