package io.fieldgate.installer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says what a bundle lacks, and who comes near to having it. */
final class Requirements {

    private static final int NAMES_MAX = 5;
    private static final String VERSION = "version";

    private final List<BundleCapability> offered = new ArrayList<>();

    Requirements(BundleContext framework) {
        for (Bundle bundle : framework.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                offered.addAll(revision.getDeclaredCapabilities(null));
            }
        }
    }

    /** What a bundle that does not resolve lacks, in one line. */
    String missing(Bundle bundle) {
        Set<String> missing = new LinkedHashSet<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (!isOptional(requirement) && offered.stream().noneMatch(requirement::matches)) {
                missing.add(describe(requirement));
            }
        }
        return missing.isEmpty()
                ? "what it needs is there, but cannot be had together with what others use"
                : String.join(", ", missing.stream().limit(NAMES_MAX).toList())
                        + (missing.size() > NAMES_MAX ? " and " + (missing.size() - NAMES_MAX) + " more" : "");
    }

    private static boolean isOptional(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                || (directives.containsKey("effective") && !"resolve".equals(directives.get("effective")))
                || "dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE));
    }

    private String describe(BundleRequirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Matcher name = Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]*)\\)")
                .matcher(filter);
        if (!name.find()) {
            return "it needs " + namespace + ' ' + filter;
        }
        boolean isPackage = namespace.equals(BundleRevision.PACKAGE_NAMESPACE);
        String what = isPackage ? "package " + name.group(1) : namespace + ' ' + name.group(1);
        return "it needs " + what + range(filter) + ", which " + offers(namespace, name.group(1));
    }

    /** Who has it in a version that does not do. */
    private String offers(String namespace, String name) {
        Set<String> near = new TreeSet<>();
        for (BundleCapability capability : offered) {
            if (capability.getNamespace().equals(namespace)
                    && name.equals(capability.getAttributes().get(namespace))) {
                Object version = capability.getAttributes().get(VERSION);
                near.add(capability.getRevision().getSymbolicName() + " offers as " + version);
            }
        }
        return near.isEmpty()
                ? "no bundle offers"
                : String.join(" and ", near.stream().limit(NAMES_MAX).toList());
    }

    /** The range of versions in a filter that was made from one. */
    private static String range(String filter) {
        Matcher floor = Pattern.compile("\\(" + VERSION + ">=([^)]*)\\)").matcher(filter);
        Matcher ceiling =
                Pattern.compile("\\(!\\(" + VERSION + ">=([^)]*)\\)\\)").matcher(filter);
        boolean hasCeiling = ceiling.find();
        if (!floor.find()) {
            return hasCeiling ? " below " + ceiling.group(1) : "";
        }
        return hasCeiling ? " [" + floor.group(1) + ',' + ceiling.group(1) + ')' : " from " + floor.group(1);
    }
}
