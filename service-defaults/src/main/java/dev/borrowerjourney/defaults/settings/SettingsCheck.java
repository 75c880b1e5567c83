package dev.borrowerjourney.defaults.settings;

import dev.borrowerjourney.defaults.settings.UnknownSettingsException.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Refuses the start, before any bean is made, if a setting was given that nothing reads. */
class SettingsCheck implements BeanFactoryPostProcessor {

    private final ConfigurableEnvironment environment;

    SettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        var prefixes = prefixes(beanFactory);
        var sources = new SettingsSource.Reader(prefixes, known(beanFactory, prefixes), foreignVariables());
        var unknown = new ArrayList<Unknown>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable
                    && !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                unknown.addAll(sources.of(enumerable).unknown());
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownSettingsException(unknown);
        }
    }

    private static Set<String> prefixes(ConfigurableListableBeanFactory beanFactory) {
        var prefixes = new LinkedHashSet<String>();
        prefixes.add(ServiceDefaultsProperties.PREFIX);
        beanFactory.getBeanProvider(OwnPrefixes.class).forEach(own -> prefixes.addAll(own.names()));
        return prefixes;
    }

    private static KnownSettings known(ConfigurableListableBeanFactory beanFactory, Set<String> prefixes) {
        var known = new KnownSettings();
        for (String bean : beanFactory.getBeanDefinitionNames()) {
            var annotation = beanFactory.findAnnotationOnBean(bean, ConfigurationProperties.class, false);
            var type = annotation == null ? null : beanFactory.getType(bean, false);
            if (annotation != null && type != null) {
                var prefix = String.valueOf(AnnotationUtils.getValue(annotation));
                if (prefixes.contains(ConfigurationPropertyName.of(prefix).getElement(0, Form.DASHED))) {
                    known.add(prefix, SettingsType.shapeOf(ResolvableType.forClass(type)));
                }
            }
        }
        return known;
    }

    private List<String> foreignVariables() {
        return Binder.get(environment)
                .bind(ServiceDefaultsProperties.PREFIX, ServiceDefaultsProperties.class)
                .map(ServiceDefaultsProperties::foreignVariables)
                .orElse(List.of());
    }
}
