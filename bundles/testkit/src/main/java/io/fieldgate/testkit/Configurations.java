package io.fieldgate.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the typed configuration of a component, as Declarative Services does (OSGi Compendium 8.1, 112.8.2): the values that
 * are given, else the defaults of the annotation.
 *
 * <pre>{@code
 * new SimDriver(Configurations.of(SimDriver.Config.class, Map.of("fieldgate.driver.id", "sim", "height.m", 2.5)))
 * }</pre>
 */
public final class Configurations {

    private static final Pattern MANGLED = Pattern.compile("\\$_\\$|\\$\\$|\\$|__|_");

    private Configurations() {}

    /**
     * Makes a configuration.
     *
     * @param <T> the type of the configuration
     * @param type the component's annotation, for example {@code SimDriver.Config.class}
     * @param values keys as they stand in a file of {@code etc/}, for example {@code height.m}, with their values; a text is
     *     converted to what the member returns
     * @return the configuration; a member that has neither value nor default is 0, false, an empty array or null, as in
     *     Declarative Services
     * @throws IllegalArgumentException if the annotation has no member for a key, or a value cannot be converted; the message
     *     names key and value
     */
    public static <T extends Annotation> T of(Class<T> type, Map<String, ?> values) {
        Map<String, Method> members = new LinkedHashMap<>();
        for (Method member : type.getDeclaredMethods()) {
            members.put(prefix(type) + key(member.getName()), member);
        }
        Map<String, Object> results = new LinkedHashMap<>();
        members.forEach((key, member) -> results.put(member.getName(), value(key, member, values)));
        for (String key : values.keySet()) {
            if (!members.containsKey(key)) {
                throw new IllegalArgumentException(
                        type.getName() + " has no member for " + key + ", but for " + new TreeSet<>(members.keySet()));
            }
        }
        InvocationHandler answer = (proxy, method, arguments) -> switch (method.getName()) {
            case "annotationType" -> type;
            case "toString" -> '@' + type.getName() + results;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> results.get(method.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    private static String prefix(Class<?> type) {
        try {
            return String.valueOf(type.getField("PREFIX_").get(null));
        } catch (NoSuchFieldException e) {
            return "";
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("PREFIX_ of " + type.getName() + " cannot be read", e);
        }
    }

    /** The key that a member's name stands for (112.8.2.1). */
    private static String key(String member) {
        return MANGLED.matcher(member).replaceAll(found -> Matcher.quoteReplacement(plain(found.group())));
    }

    private static String plain(String mangled) {
        return switch (mangled) {
            case "$_$" -> "-";
            case "$$" -> "$";
            case "$" -> "";
            case "__" -> "_";
            default -> ".";
        };
    }

    private static Object value(String key, Method member, Map<String, ?> values) {
        Class<?> wanted = member.getReturnType();
        if (values.containsKey(key)) {
            try {
                return wanted.isArray() ? array(wanted, values.get(key)) : single(wanted, values.get(key));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        key + " must be of type " + wanted.getSimpleName() + ", is " + values.get(key), e);
            }
        }
        if (member.getDefaultValue() != null) {
            return member.getDefaultValue();
        }
        if (wanted.isArray()) {
            return Array.newInstance(wanted.getComponentType(), 0);
        }
        // An array's elements are born with the value that a primitive has when there is none.
        return Array.get(Array.newInstance(wanted, 1), 0);
    }

    private static Object array(Class<?> wanted, Object given) {
        List<Object> elements = new ArrayList<>();
        if (given instanceof Collection<?> many) {
            elements.addAll(many);
        } else if (given instanceof Object[] many) {
            elements.addAll(Arrays.asList(many));
        } else {
            elements.add(given);
        }
        Object array = Array.newInstance(wanted.getComponentType(), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, single(wanted.getComponentType(), elements.get(i)));
        }
        return array;
    }

    private static Object single(Class<?> wanted, Object given) {
        String text = given.toString();
        if (wanted == String.class) {
            return text;
        }
        if (wanted == boolean.class) {
            return given instanceof Number number ? number.doubleValue() != 0 : Boolean.parseBoolean(text);
        }
        if (wanted == char.class && text.length() == 1) {
            return text.charAt(0);
        }
        if (wanted.isEnum()) {
            return Arrays.stream(wanted.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        return number(wanted, text);
    }

    private static Object number(Class<?> wanted, String text) {
        return switch (wanted.getName()) {
            case "byte" -> Byte.valueOf(text);
            case "short" -> Short.valueOf(text);
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "float" -> Float.valueOf(text);
            case "double" -> Double.valueOf(text);
            default -> throw new IllegalArgumentException("a configuration has no " + wanted.getName());
        };
    }
}
