package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;

class DeclarationsTest {

    private final Declarations declarations = new Declarations();

    @ParameterizedTest
    @CsvSource({
        "a.b.cfg, a.b",
        "a.b-c.cfg, a.b~c",
        "a.b-c-d.cfg, a.b~c-d",
        "a.b-long-x.cfg, a.b-long~x",
        "a.dash-ed.cfg, a.dash-ed",
        "a.b-.cfg, none",
        "a.bc.cfg, none",
        "other.cfg, none",
    })
    void findsWhatAFileConfigures(String file, String pid) {
        Schema schema = TestMetatype.tank();
        declarations.add(
                TestBundles.active(1),
                Map.of("a.b", schema, "a.dash-ed", schema),
                Map.of("a.b", schema, "a.b-long", schema, "a.dash", schema));

        assertEquals(pid, declarations.target(file).map(Target::pid).orElse("none"));
    }

    @Test
    void prefersTheBundleThatCameLast() {
        Bundle older = TestBundles.active(5);
        Bundle newer = TestBundles.active(9);
        declarations.add(newer, Map.of("a.b", TestMetatype.tank()), Map.of());
        declarations.add(older, Map.of("a.b", TestMetatype.port()), Map.of());

        assertSame(newer, declarations.target("a.b.cfg").orElseThrow().bundle());
        declarations.remove(newer);
        assertSame(older, declarations.target("a.b.cfg").orElseThrow().bundle());
    }

    @Test
    void saysWhichPidsABundleHad() {
        Bundle bundle = TestBundles.active(1);
        declarations.add(bundle, Map.of("a.b", TestMetatype.tank()), Map.of("a.c", TestMetatype.tank()));

        assertEquals(Set.of("a.b", "a.c"), declarations.remove(bundle));
        assertEquals(Set.of(), declarations.remove(bundle));
    }
}
