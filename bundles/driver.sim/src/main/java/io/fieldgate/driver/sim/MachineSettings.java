package io.fieldgate.driver.sim;

/**
 * What a person has set for one machine, checked.
 *
 * @param basics what every kind of device has
 * @param speed the speed to be kept until it is written, in turns per minute
 * @param jamPieces how many pieces come between two jams on average; 0 for none
 */
record MachineSettings(Basics basics, double speed, int jamPieces) {

    MachineSettings {
        ConfigCheck.within("speed.per.min", speed, 0, Machine.MOST_SPEED);
        ConfigCheck.within("jam.pieces", jamPieces, 0, 1_000_000);
    }
}
