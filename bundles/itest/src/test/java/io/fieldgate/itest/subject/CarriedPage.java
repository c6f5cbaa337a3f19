package io.fieldgate.itest.subject;

import io.fieldgate.api.handler.ServedFiles;
import org.osgi.service.component.annotations.Component;

/** Says that its bundle carries a page. */
@Component(service = CarriedPage.class)
@ServedFiles(path = "/carried", folder = "page")
public final class CarriedPage {}
