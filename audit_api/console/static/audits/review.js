// What helps on the page of a review.

import { listenToKeys } from "./keys.js";
import { openPhotosInBox } from "./light_box.js";
import { keepWhatIsTyped } from "./unsent.js";

openPhotosInBox();
listenToKeys();
keepWhatIsTyped();
