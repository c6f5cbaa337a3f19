package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.gateway.SocketHost;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayExam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;

/** How the bundles find each other in a framework that has nothing but them. */
public class WiringIT extends GatewayExam {

    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final String SOCKETS = "io.fieldgate.core.sockets";
    private static final String SECOND = "fieldgate.itest.second";

    @Inject
    ConfigurationAdmin configurations;

    @Inject
    Sessions sessions;

    @Override
    protected List<String> shipped() {
        return List.of(
                "org.apache.felix.configadmin", "org.apache.felix.scr", "io.fieldgate.api", "io.fieldgate.core", ECHO);
    }

    @Override
    protected List<Path> bundles() {
        return List.of();
    }

    @Override
    protected Option[] more() throws IOException {
        Path second = BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.2.0");
        return options(systemProperty(SECOND).value(second.toUri().toString()));
    }

    @Test
    public void aHandlerIsListedAsLongAsItIsThere() throws BundleException {
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));

        installed(ECHO).stop();
        assertEquals(List.of(), paths());

        installed(ECHO).start();
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));
    }

    @Test
    public void twoVersionsOfAHandlerAreListedAndTheFirstGoesOnWhenTheSecondLeaves() throws Exception {
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));
        Bundle second = context.installBundle(System.getProperty(SECOND));

        second.start();
        await().atMost(PATIENCE).until(() -> paths().size() == 2);

        second.uninstall();
        assertEquals(List.of("/echo"), paths());
    }

    @Test
    public void aBadValueLeavesTheCoreUnsatisfiedAndAGoodOneBringsItBack() throws Exception {
        org.osgi.service.cm.Configuration configuration = configurations.getConfiguration(SOCKETS, "?");

        configuration.update(new Hashtable<>(Map.of("takeover.s", 0)));
        await().atMost(PATIENCE).until(() -> host().isEmpty());

        configuration.update(new Hashtable<>(Map.of("takeover.s", 5)));
        await().atMost(PATIENCE).until(() -> host().isPresent());
        assertTrue(host().get().serves("/echo"));
    }

    /** A component that cannot be activated has a service all the same, but nobody gets an object of it. */
    private Optional<SocketHost> host() {
        return Optional.ofNullable(context.getServiceReference(SocketHost.class))
                .map(context::getService);
    }

    private List<String> paths() {
        return sessions.handlers().stream().map(HandlerInfo::path).toList();
    }
}
