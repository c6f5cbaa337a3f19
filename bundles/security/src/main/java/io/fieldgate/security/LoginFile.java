package io.fieldgate.security;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The form of {@code logins.json}. */
final class LoginFile {

    private LoginFile() {}

    static byte[] write(Collection<LoginEntry> logins) {
        return Json.object(json -> {
            json.writeArrayFieldStart("logins");
            for (LoginEntry login : logins) {
                json.writeStartObject();
                json.writeStringField("id", login.id());
                json.writeStringField("digest", login.digest());
                json.writeStringField("user", login.user());
                json.writeStringField("stamp", login.stamp());
                json.writeStringField("end", login.end().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException if anything in it is not as it must be
     */
    static List<LoginEntry> read(byte[] file) throws IOException {
        Map<String, Object> members = Json.read(file);
        List<LoginEntry> logins = new ArrayList<>();
        for (Object element : DirectoryFile.list(members, "logins")) {
            DirectoryFile.Fields fields = new DirectoryFile.Fields(element);
            logins.add(new LoginEntry(
                    fields.text("id"),
                    fields.text("digest"),
                    fields.text("user"),
                    fields.text("stamp"),
                    fields.time("end")));
        }
        return logins;
    }
}
