package io.fieldgate.itest.subject;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/** Says that its bundle is no good, when an update asks for it. */
@Component(property = {"hc.name=conscience", "hc.tags=update"})
public final class CriticalCheck implements HealthCheck {

    @Override
    public Result execute() {
        return new Result(Result.Status.CRITICAL, "this check fails on purpose");
    }
}
