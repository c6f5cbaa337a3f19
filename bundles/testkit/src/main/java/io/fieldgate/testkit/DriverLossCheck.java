package io.fieldgate.testkit;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A driver's bundle of a gateway is stopped and started again, while clients talk if there are any. */
final class DriverLossCheck {

    private final CheckedGateway gateway;
    private final Optional<Swarm> clients;

    DriverLossCheck(CheckedGateway gateway, Optional<Swarm> clients) {
        this.gateway = gateway;
        this.clients = clients;
    }

    void assertBorne(String driver) throws IOException, InterruptedException {
        BundleList bundles = gateway.process().bundles();
        PointStates points = new PointStates(gateway);
        Set<String> before = points.awaitAlive();
        awaitAnswers("before the driver goes");
        bundles.stop(driver);
        Set<String> lost = points.awaitLost(before, driver);
        awaitAnswers("while the driver is away");
        bundles.start(driver);
        points.awaitBack(lost, driver);
        awaitAnswers("when the driver is back");
        clients.ifPresent(talking -> gateway.assertUnnoticed(talking, "clients have noticed the loss of the driver"));
        gateway.assertCleanLog("the driver has gone and come back");
    }

    private void awaitAnswers(String when) {
        clients.ifPresent(talking -> gateway.awaitAnswers(talking, when));
    }
}
