package io.fieldgate.shell;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lets commands that take a bundle be given its number or its symbolic name: of two of one name, the one that runs. Gogo has
 * no such converter of its own, so Felix's commands need it too.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {

    private final BundleContext context;

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public BundleConverter(BundleContext context) {
        this.context = context;
    }

    /** A bundle for a number or a name; null for what is neither, as Gogo wants it. */
    @Override
    public Object convert(Class<?> wanted, Object in) {
        if (wanted != Bundle.class) {
            return null;
        }
        String text = in.toString();
        return text.matches("\\d{1,18}") ? context.getBundle(Long.parseLong(text)) : named(text);
    }

    /** One line for a bundle; null for anything else, as Gogo wants it. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return target instanceof Bundle bundle
                ? String.format(
                        Locale.ROOT, "%d %s %s", bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion())
                : null;
    }

    private Bundle named(String symbolicName) {
        return Stream.of(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .min(Comparator.comparing((Bundle bundle) -> bundle.getState() != Bundle.ACTIVE)
                        .thenComparing(Bundle::getBundleId, Comparator.reverseOrder()))
                .orElse(null);
    }
}
