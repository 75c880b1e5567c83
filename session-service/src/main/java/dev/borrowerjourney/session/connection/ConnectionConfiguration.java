package dev.borrowerjourney.session.connection;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionProperties.class)
class ConnectionConfiguration {

    @Bean
    NettyServerCustomizer connectionTimeouts(ConnectionProperties properties) {
        return server -> server.idleTimeout(properties.idleTimeout()).readTimeout(properties.readTimeout());
    }
}
