package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.device.PushServices;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushProperties.class)
class PushConfiguration {

    @Bean
    MountedCredentials mountedCredentials(
            SecretDirectory secrets, NotifierProperties notifier, PushProperties properties) {
        return new MountedCredentials(secrets, notifier.applicationIds(), properties);
    }

    @Bean
    HttpCalls pushCalls(PushProperties properties, Clock clock) {
        return new HttpCalls(properties.connectTimeout(), properties.timeout(), clock);
    }

    @Bean
    ApnsClients apnsClients(PushProperties properties) {
        return new ApnsClients(properties);
    }

    @Bean
    PushSender pushSender(
            MountedCredentials mounted,
            PushServices services,
            HttpCalls calls,
            ApnsClients apns,
            PushProperties properties,
            MeterRegistry metrics,
            Clock clock) {
        var texts = new Texts();
        return new Pushes(
                Map.of(
                        Channel.WEB_PUSH,
                        new WebPushChannel(mounted, services, texts, calls),
                        Channel.FCM,
                        new FcmChannel(
                                mounted,
                                texts,
                                calls,
                                new FcmTokens(calls, clock),
                                properties.fcm().baseUrl(),
                                clock),
                        Channel.APNS,
                        new ApnsChannel(mounted, texts, apns, properties.timeout(), clock)),
                properties.circuit(),
                metrics);
    }

    @Bean
    PushHealthIndicator channelsHealthIndicator(MountedCredentials mounted, NotifierProperties notifier) {
        return new PushHealthIndicator(mounted, notifier.applicationIds());
    }

    @Bean
    SendTestCommand sendTestCommand(
            ObjectProvider<NotifierProperties> notifier,
            ObjectProvider<Devices> devices,
            ObjectProvider<PushSender> sender) {
        return new SendTestCommand(notifier, devices, sender);
    }
}
