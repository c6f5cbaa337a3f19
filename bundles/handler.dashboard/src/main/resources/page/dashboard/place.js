// Where the user was on the page, over a visit to the login page.

const KEY = "fieldgate.place";
const FRESH_MS = 900_000;

/** Notes what is searched for, which devices are closed, and the card at the top. */
export function note() {
  const closed = [...document.querySelectorAll(".device:not([open])")].map((group) => group.dataset.device);
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const top = window.scrollY === 0 ? null : [...document.querySelectorAll(".card")].find((card) => card.getBoundingClientRect().bottom > bar);
  const place = { search: document.getElementById("search").value, closed, point: top?.dataset.point, at: Date.now() };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // then the page begins at its top
  }
}

/** Goes back there, once: to be called when the cards are on the page. */
export function restore() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was noted
  }
  if (place === null || Date.now() - place.at > FRESH_MS) {
    return;
  }
  document.getElementById("search").value = place.search;
  document.getElementById("search").dispatchEvent(new Event("input"));
  for (const group of document.querySelectorAll(".device")) {
    group.open = !place.closed.includes(group.dataset.device);
  }
  const top = [...document.querySelectorAll(".card")].find((card) => card.dataset.point === place.point);
  top?.scrollIntoView({ block: "start" });
}
