package dev.borrowerjourney.defaults.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** Reads from a type which settings it claims: the components of records, the setters of beans, and so on inwards. */
final class SettingsType {

    // Settings that nest deeper are a mistake; types that nest in themselves would have no end.
    private static final int DEEPEST = 8;
    private static final List<String> FACTORIES = List.of("of", "valueOf", "from");

    private SettingsType() {}

    static Shape shapeOf(ResolvableType type) {
        return shapeOf(type, 0);
    }

    private static Shape shapeOf(ResolvableType type, int depth) {
        var raw = type.toClass();
        if (depth > DEEPEST || raw.isPrimitive() || raw.isEnum()) {
            return new Shape.Text();
        }
        if (Map.class.isAssignableFrom(raw)) {
            return new Shape.Entries(shapeOf(type.asMap().getGeneric(1), depth + 1));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return new Shape.Items(shapeOf(type.as(Collection.class).getGeneric(0), depth + 1));
        }
        if (raw.isArray()) {
            return new Shape.Items(shapeOf(type.getComponentType(), depth + 1));
        }
        if (raw == Optional.class) {
            return shapeOf(type.getGeneric(0), depth + 1);
        }
        var fields = raw.isRecord() ? components(raw, depth) : setters(type, raw, depth);
        return fields.isEmpty() ? new Shape.Text() : new Shape.Fields(fields, convertible(raw));
    }

    private static Map<String, Shape> components(Class<?> raw, int depth) {
        var fields = new LinkedHashMap<String, Shape>();
        for (var component : raw.getRecordComponents()) {
            // The annotation reaches constructor and field, not the component itself.
            var field = ReflectionUtils.findField(raw, component.getName());
            var name = field == null ? null : field.getAnnotation(Name.class);
            fields.put(
                    name == null ? DataObjectPropertyName.toDashedForm(component.getName()) : name.value(),
                    shapeOf(ResolvableType.forType(component.getGenericType()), depth + 1));
        }
        return fields;
    }

    private static Map<String, Shape> setters(ResolvableType type, Class<?> raw, int depth) {
        var fields = new LinkedHashMap<String, Shape>();
        if (raw.getName().startsWith("java.") || convertible(raw)) {
            return fields;
        }
        for (var property : BeanUtils.getPropertyDescriptors(raw)) {
            var setter = property.getWriteMethod();
            if (setter != null) {
                fields.put(
                        DataObjectPropertyName.toDashedForm(property.getName()),
                        shapeOf(ResolvableType.forMethodParameter(setter, 0, type.toClass()), depth + 1));
            }
        }
        return fields;
    }

    // The same signs by which Spring's conversion tells that a type can be made of a text.
    private static boolean convertible(Class<?> raw) {
        return Arrays.stream(raw.getDeclaredConstructors()).anyMatch(SettingsType::takesText)
                || Arrays.stream(raw.getDeclaredMethods()).anyMatch(method -> makesFromText(raw, method));
    }

    private static boolean takesText(Constructor<?> constructor) {
        return Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {String.class});
    }

    private static boolean makesFromText(Class<?> raw, Method method) {
        return Modifier.isStatic(method.getModifiers())
                && FACTORIES.contains(method.getName())
                && raw.isAssignableFrom(method.getReturnType())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class});
    }
}
