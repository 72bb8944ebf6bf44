package footbridge.bench.peers;

import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/// Spring's broker relay in Tomcat, as its reference shows it, in front of a broker's STOMP port.
///
///     SpringRelay PORT BROKER-PORT
public final class SpringRelay {

    private SpringRelay() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty(Relay.BROKER_PORT, arguments[1]);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("spring-relay").toString());
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector();
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        var spring = new AnnotationConfigWebApplicationContext();
        spring.register(Relay.class);
        Tomcat.addServlet(context, "spring", new DispatcherServlet(spring)).setLoadOnStartup(1);
        context.addServletMapping("/", "spring");
        tomcat.start();
        System.out.println("ready");
    }

    /// The application.
    @Configuration
    @EnableWebSocketMessageBroker
    public static class Relay implements WebSocketMessageBrokerConfigurer {

        static final String BROKER_PORT = "broker.port";
        private static final int LARGEST = 1 << 20;

        /// Tomcat takes no more than 8 KiB in a message by itself.
        @Bean
        ServletServerContainerFactoryBean container() {
            var container = new ServletServerContainerFactoryBean();
            container.setMaxTextMessageBufferSize(LARGEST);
            return container;
        }

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/stomp").setAllowedOriginPatterns("*");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableStompBrokerRelay("/queue/", "/topic/")
                    .setRelayHost("localhost")
                    .setRelayPort(Integer.getInteger(BROKER_PORT));
        }

        @Override
        public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
            registry.setMessageSizeLimit(LARGEST).setSendBufferSizeLimit(LARGEST);
        }
    }
}
