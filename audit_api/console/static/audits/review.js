// What helps on the page of a review.

import { listenToKeys } from "./keys.js";
import { openPhotosInBox } from "./light_box.js";

openPhotosInBox();
listenToKeys();
