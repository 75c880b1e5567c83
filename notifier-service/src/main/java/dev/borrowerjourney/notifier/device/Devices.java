package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The registered devices. What these methods throw is trouble of the database. */
public interface Devices {

    /** All devices of a borrower, the one registered last first. One whose address does not open is left out. */
    List<Device> of(UUID applicationId, BorrowerKey borrower);

    /** One device, whomever it belongs to now. */
    Optional<Device> find(UUID applicationId, String deviceId);

    /** Removes a device that its push service does not know any more, unless it was registered again since it was read. */
    void gone(Device device);
}
