package io.fieldgate.driver.sim;

/**
 * What a person has set for one room, checked.
 *
 * @param basics what every kind of device has
 * @param volume of the room, in cubic metres
 * @param outsideCelsius the mean temperature outside
 * @param mostPeople how many there can be at once
 */
record RoomSettings(Basics basics, double volume, double outsideCelsius, int mostPeople) {

    RoomSettings {
        ConfigCheck.within("volume.m3", volume, 10, 1000);
        ConfigCheck.within("outside.cel", outsideCelsius, -30, 40);
        ConfigCheck.within("people", mostPeople, 0, 20);
    }
}
